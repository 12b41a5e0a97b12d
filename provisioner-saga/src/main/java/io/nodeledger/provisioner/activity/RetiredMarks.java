package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Taint;
import java.util.Map;
import java.util.Set;

/**
 * What a node was to carry in Kubernetes once and is not to carry any more. Everything else that it does not have from us
 * is others' and stays, also under a key that was ours.
 *
 * @param labels for each key the values that it had from us
 */
public record RetiredMarks(Map<String, Set<String>> labels, Set<Taint> taints) {
    /** Nothing. */
    public static final RetiredMarks NONE = new RetiredMarks(Map.of(), Set.of());

    public RetiredMarks {
        labels = Map.copyOf(labels);
        taints = Set.copyOf(taints);
    }
}
