package io.nodeledger.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that {@code docs/settings.md} describes: rows of tables, below headings with what their names begin with. */
final class KnownSettings {
    private static final Pattern HEADING = Pattern.compile("## (?:`(nodeledger\\.[^`]*)\\*`)?.*");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`(?:, `(\\.[^`]+)`)? \\|.*");
    private static final String OURS = "nodeledger.";

    private final Set<String> names = new HashSet<>();

    private KnownSettings() {}

    static KnownSettings read(Path page) throws IOException {
        var known = new KnownSettings();
        String prefix = "";
        for (String line : Files.readAllLines(page)) {
            var heading = HEADING.matcher(line);
            var row = ROW.matcher(line);
            if (heading.matches()) {
                prefix = Objects.requireNonNullElse(heading.group(1), "");
            } else if (row.matches()) {
                known.add(prefix, row.group(1), row.group(2));
            }
        }
        return known;
    }

    private void add(String prefix, String first, @Nullable String sibling) {
        String name = first.startsWith(OURS) ? first : prefix + first;
        if (name.startsWith(OURS)) {
            names.add(name);
            if (sibling != null) {
                names.add(name.substring(0, name.lastIndexOf('.')) + sibling);
            }
        }
    }

    /** Whether there is such a setting; all that begin so where the name ends with {@code .*}. */
    boolean has(String name) {
        String asked = name.replaceAll("\\[[0-9]+]", "[i]");
        if (asked.endsWith(".*")) {
            String prefix = asked.substring(0, asked.length() - 1);
            return names.stream().anyMatch(known -> known.startsWith(prefix));
        }
        return names.contains(asked)
                || names.stream()
                        .filter(known -> known.endsWith(".*"))
                        .anyMatch(known -> asked.startsWith(known.substring(0, known.length() - 1)));
    }

    /** The same for the name that an environment variable has. */
    boolean hasVariable(String variable) {
        return names.stream()
                .map(name -> name.replaceAll("[.\\[\\]]+", "_").replace("-", "").toUpperCase(Locale.ROOT))
                .anyMatch(variable::equals);
    }
}
