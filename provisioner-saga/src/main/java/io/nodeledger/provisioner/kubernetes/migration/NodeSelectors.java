package io.nodeledger.provisioner.kubernetes.migration;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Node selectors as annotations have them: {@code node-type=dedicated,workspace=ws-demo}. */
final class NodeSelectors {
    private NodeSelectors() {}

    static Map<String, String> read(String text) {
        var labels = new HashMap<String, String>();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                labels.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return labels;
    }

    static String write(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }
}
