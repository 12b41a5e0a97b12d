package io.nodeledger.standalone.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that Prometheus may see: ours, as the code makes them, and those of Spring Boot, which a list names. */
final class KnownMetrics {
    private static final Pattern MADE = Pattern.compile(
            "\\b(Timer|Gauge|MultiGauge|Counter|DistributionSummary|LongTaskTimer)\\s*\\.builder\\(\\s*\"(nodeledger\\.[a-z.]+)\"");

    private static final List<String> MODULES =
            List.of("service-base", "command-service", "query-service", "provisioner-saga", "webhook-service");

    private final Set<String> names = new HashSet<>();
    private final Set<String> ours = new TreeSet<>();

    private KnownMetrics() {}

    static KnownMetrics read() throws IOException {
        var known = new KnownMetrics();
        try (InputStream list =
                Objects.requireNonNull(KnownMetrics.class.getResourceAsStream("/deploy/metrics-of-spring-boot.txt"))) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(known.names::add);
        }
        for (String module : MODULES) {
            for (Path source :
                    DeployFolder.files(DeployFolder.ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                MADE.matcher(Files.readString(source))
                        .results()
                        .forEach(made -> known.add(made.group(1), made.group(2).replace('.', '_')));
            }
        }
        return known;
    }

    /** As Micrometer's registry for Prometheus calls them. */
    private void add(String kind, String name) {
        switch (kind) {
            case "Gauge", "MultiGauge" -> addOne(name);
            case "Counter" -> addOne(name.endsWith("_total") ? name : name + "_total");
            case "Timer", "LongTaskTimer" -> addAll(name + "_seconds");
            default -> addAll(name);
        }
    }

    private void addOne(String name) {
        ours.add(name);
        names.add(name);
    }

    private void addAll(String name) {
        ours.add(name);
        List.of("_count", "_sum", "_bucket", "_max").forEach(part -> names.add(name + part));
    }

    /** Our own, each by the name that its parts have in common. */
    Set<String> ours() {
        return ours;
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
