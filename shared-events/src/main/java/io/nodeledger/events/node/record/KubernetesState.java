package io.nodeledger.events.node.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes knows of a node, as far as the log tells.
 *
 * @param nodeName name of the Kubernetes node
 * @param ready whether it has joined and become Ready, and is still there
 * @param schedulable whether pods may be placed on it
 * @param capacity quantities by resource as Kubernetes prints them, null until it has joined
 * @param allocatable the part of them that pods may request, null until it has joined
 */
public record KubernetesState(
        String nodeName,
        boolean ready,
        boolean schedulable,
        @Nullable Map<String, String> capacity,
        @Nullable Map<String, String> allocatable) {

    /** A node that has not joined yet. */
    static KubernetesState expected(String nodeId) {
        return new KubernetesState(nodeId + "-k8s", false, false, null, null);
    }

    KubernetesState schedulable(boolean next) {
        return new KubernetesState(nodeName, ready, next, capacity, allocatable);
    }

    KubernetesState ready(boolean next) {
        return new KubernetesState(nodeName, next, schedulable, capacity, allocatable);
    }

    /** Of a node whose operation failed: what is off is neither ready nor open to pods. */
    KubernetesState powered(boolean on) {
        return new KubernetesState(nodeName, on && ready, on && schedulable, capacity, allocatable);
    }

    KubernetesState gone() {
        return new KubernetesState(nodeName, false, false, null, null);
    }
}
