package io.nodeledger.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The map of nginx that chooses a service by {@code METHOD path}: the first expression that matches counts. */
final class ProxyRoutes {
    private static final Pattern ENTRY = Pattern.compile("\\s*\"~(.+)\"\\s+([a-z-]+);");
    private static final Pattern OTHERWISE = Pattern.compile("\\s*default\\s+([a-z-]+);");

    private final List<Entry> entries = new ArrayList<>();
    private String otherwise = "";

    private record Entry(Pattern request, String service) {}

    private ProxyRoutes() {}

    static ProxyRoutes read(Path file) throws IOException {
        var routes = new ProxyRoutes();
        for (String line : Files.readAllLines(file)) {
            var entry = ENTRY.matcher(line);
            var rest = OTHERWISE.matcher(line);
            if (entry.matches()) {
                routes.entries.add(new Entry(Pattern.compile(entry.group(1)), entry.group(2)));
            } else if (rest.matches()) {
                routes.otherwise = rest.group(1);
            }
        }
        return routes;
    }

    String serviceOf(String method, String path) {
        return entries.stream()
                .filter(entry -> entry.request().matcher(method + " " + path).find())
                .map(Entry::service)
                .findFirst()
                .orElse(otherwise);
    }
}
