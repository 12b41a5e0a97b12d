package io.nodeledger.command.stock;

import io.nodeledger.events.catalogue.NodePlan;
import org.jspecify.annotations.Nullable;

/** The places that regions have for nodes of a plan. */
@FunctionalInterface
public interface Stock {
    /**
     * Holds a place for a node while its request is decided.
     *
     * @param region null for the workspace's own
     */
    HeldPlace hold(NodePlan plan, @Nullable String region);
}
