package io.nodeledger.simulators.kubernetes.store;

import io.nodeledger.simulators.kubernetes.object.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One committed change; a removal carries the last state with the revision of the removal. */
public record Change(
        Resource resource,
        Type type,
        ObjectNode object,
        @Nullable ObjectNode previous,
        long revision) {
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
