package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Taint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds what a node is to carry in Kubernetes, and what it was to carry once. */
final class MarksFold {
    private Map<String, String> labels = Map.of();
    private List<Taint> taints = List.of();
    private final Map<String, Set<String>> everLabels = new HashMap<>();
    private final Set<Taint> everTaints = new HashSet<>();

    void want(Map<String, String> wantedLabels, List<Taint> wantedTaints) {
        labels = wantedLabels;
        taints = wantedTaints;
        wantedLabels.forEach((key, value) ->
                everLabels.computeIfAbsent(key, _ -> new HashSet<>()).add(value));
        everTaints.addAll(wantedTaints);
    }

    Map<String, String> labels() {
        return labels;
    }

    List<Taint> taints() {
        return taints;
    }

    RetiredMarks retired() {
        var oldLabels = new HashMap<>(everLabels);
        oldLabels.keySet().removeAll(labels.keySet());
        var oldTaints = new HashSet<>(everTaints);
        oldTaints.removeAll(taints);
        return new RetiredMarks(oldLabels, oldTaints);
    }
}
