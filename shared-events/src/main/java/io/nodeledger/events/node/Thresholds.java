package io.nodeledger.events.node;

import org.jspecify.annotations.Nullable;

/**
 * The thresholds that a node or a workspace sets itself. For a resource that it leaves out the next level says what counts:
 * the workspace for its nodes, the installation for its workspaces.
 */
public record Thresholds(
        @Nullable Threshold cpu,
        @Nullable Threshold memory,
        @Nullable Threshold storage) {
    /** Everything is left to the next level. */
    public static final Thresholds NONE = new Thresholds(null, null, null);

    /** What is set for the resource, if anything. */
    public @Nullable Threshold of(NodeResource resource) {
        return switch (resource) {
            case CPU -> cpu;
            case MEMORY -> memory;
            case STORAGE -> storage;
        };
    }
}
