package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a node is to carry in Kubernetes: what its user wants, and taints of the platform. */
record Marks(Map<String, String> labels, List<Taint> taints) {
    static final Marks NONE = new Marks(Map.of(), List.of());

    Marks {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    /** What it is to carry after one of its events. */
    Marks after(NodeEvent event) {
        return switch (event) {
            case NodeUpdateStarted e -> new Marks(e.labels(), e.taints());
            case NodeUpdateFailed e -> new Marks(e.labels(), e.taints());
            default -> this;
        };
    }

    /** These with some labels set or taken away, and other taints if there are to be others; the platform's own stay. */
    Marks changed(Map<String, Optional<String>> changes, @Nullable List<Taint> otherTaints) {
        var next = new LinkedHashMap<>(labels);
        changes.forEach((key, value) -> value.ifPresentOrElse(text -> next.put(key, text), () -> next.remove(key)));
        return new Marks(next, otherTaints == null ? taints : withPlatforms(otherTaints));
    }

    private List<Taint> withPlatforms(List<Taint> others) {
        return Stream.concat(taints.stream().filter(Taint::belongsToPlatform), others.stream())
                .distinct()
                .toList();
    }
}
