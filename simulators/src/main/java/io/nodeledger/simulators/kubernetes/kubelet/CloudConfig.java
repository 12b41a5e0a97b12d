package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The parts of cloud-init user-data that matter for joining: written files, commands, the hostname. */
record CloudConfig(Map<String, String> files, List<String> commands, String hostname) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Reads user-data; what is not a readable {@code #cloud-config} does nothing, as with cloud-init. */
    static Optional<CloudConfig> parse(@Nullable String userData) {
        if (userData == null || !userData.stripLeading().startsWith("#cloud-config")) {
            return Optional.empty();
        }
        try {
            JsonNode root = YAML.readTree(userData);
            Map<String, String> files = new LinkedHashMap<>();
            each(root, "write_files").forEach(f -> files.put(text(f, "path"), content(f)));
            List<String> commands =
                    each(root, "runcmd").map(CloudConfig::command).toList();
            return Optional.of(new CloudConfig(files, commands, text(root, "hostname")));
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static String command(JsonNode command) {
        return command.isArray()
                ? command.valueStream().map(part -> text(part)).collect(Collectors.joining(" "))
                : text(command);
    }

    private static String content(JsonNode file) {
        String content = text(file, "content");
        String encoding = text(file, "encoding");
        if (encoding.isEmpty() || encoding.equals("text/plain")) {
            return content;
        }
        byte[] bytes = encoding.contains("b64") || encoding.contains("base64")
                ? Base64.getMimeDecoder().decode(content)
                : content.getBytes(UTF_8);
        return new String(encoding.startsWith("gz") ? unzipped(bytes) : bytes, UTF_8);
    }

    private static byte[] unzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException notGzip) {
            throw new IllegalArgumentException("a file of the user-data is not gzip", notGzip);
        }
    }

    /** The documents of a written YAML file. */
    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (values.hasNext()) {
                documents.add(values.next());
            }
        } catch (JacksonException notYaml) {
            return List.of();
        }
        return documents;
    }
}
