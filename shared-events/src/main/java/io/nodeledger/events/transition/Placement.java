package io.nodeledger.events.transition;

import java.util.Locale;

/** Where the workloads of a workspace run. */
public enum Placement {
    /** On nodes that many workspaces share. */
    SHARED,
    /** On nodes of the workspace's own. */
    DEDICATED;

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
