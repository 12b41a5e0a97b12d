package io.nodeledger.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Our metrics as the page describes them: each with its kind and the labels that it has. */
final class DescribedMetrics {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(nodeledger_[a-z_]+)` \\| (gauge|counter|timer) \\| [^|]+ \\| ([^|]*) \\| ([^|]+) \\| [^|]+ \\|$",
            Pattern.MULTILINE);

    private final Map<String, Described> byName = new TreeMap<>();

    private DescribedMetrics() {}

    record Described(String kind, Set<String> labels) {}

    static DescribedMetrics read(Path page) throws IOException {
        var described = new DescribedMetrics();
        ROW.matcher(Files.readString(page)).results().forEach(row -> {
            Set<String> labels = Arrays.stream(row.group(3).replace("`", "").split(",", -1))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty() && !label.equals("-"))
                    .collect(Collectors.toUnmodifiableSet());
            described.byName.put(row.group(1), new Described(row.group(2), labels));
        });
        return described;
    }

    Map<String, Described> byName() {
        return byName;
    }
}
