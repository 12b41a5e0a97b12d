package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Taint;
import java.util.Set;

/**
 * What a node was to carry in Kubernetes once and is not to carry any more. Everything else that it does not have from us
 * is others' and stays.
 */
public record RetiredMarks(Set<String> labels, Set<Taint> taints) {
    /** Nothing. */
    public static final RetiredMarks NONE = new RetiredMarks(Set.of(), Set.of());

    public RetiredMarks {
        labels = Set.copyOf(labels);
        taints = Set.copyOf(taints);
    }
}
