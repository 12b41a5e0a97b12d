package io.nodeledger.query.allocation;

import io.nodeledger.events.node.Taint;

/**
 * What a pod puts up with (source: Kubernetes, "Taints and Tolerations").
 *
 * @param key empty for every key
 * @param exists whether any value is tolerated, else only the same one
 * @param effect empty for every effect
 */
record Toleration(String key, boolean exists, String value, String effect) {
    boolean tolerates(Taint taint) {
        return (effect.isEmpty() || effect.equals(taint.effect()))
                && (key.isEmpty() || key.equals(taint.key()))
                && (exists || value.equals(taint.value()));
    }
}
