package io.nodeledger.events.workspace;

import java.util.Locale;

/** A workspace's subscription and the number of nodes it allows (source: API decisions, "Shapes fixed here"). */
public enum WorkspacePlan {
    FREE(1),
    PRO(5),
    TEAM(20),
    ENTERPRISE(100_000);

    private final int maxNodes;

    WorkspacePlan(int maxNodes) {
        this.maxNodes = maxNodes;
    }

    /** Nodes allowed unless the workspace has a limit of its own. */
    public int maxNodes() {
        return maxNodes;
    }

    /** The plan's word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
