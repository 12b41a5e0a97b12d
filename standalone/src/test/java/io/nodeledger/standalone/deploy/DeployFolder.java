package io.nodeledger.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The folder {@code deploy}, and the documents that go with it. */
final class DeployFolder {
    static final Path ROOT = Path.of(System.getProperty("nodeledger.root", ".."));
    static final Path DEPLOY = ROOT.resolve("deploy");
    static final Path DOCS = ROOT.resolve("docs");

    private static final YAMLMapper YAML = new YAMLMapper();

    private DeployFolder() {}

    /** All files below a folder whose names end so. */
    static List<Path> files(Path folder, String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.getFileName().toString().endsWith(ending)))
                    .sorted()
                    .toList();
        }
    }

    /** The documents of a YAML file, without the empty ones. */
    static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> all = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(Files.readString(file))
                .readAll();
        return all.stream()
                .filter(document -> !document.isNull() && !document.isMissingNode())
                .toList();
    }

    /** What Kubernetes is told, as it is written: overlays are not applied. */
    static List<JsonNode> objects(String kind) throws IOException {
        var found = new ArrayList<JsonNode>();
        for (Path file : files(DEPLOY.resolve("kubernetes"), ".yaml")) {
            documents(file).stream()
                    .filter(document -> document.path("kind").asString("").equals(kind))
                    .forEach(found::add);
        }
        return found;
    }

    static Properties properties(Path file) throws IOException {
        var all = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            all.load(reader);
        }
        return all;
    }
}
