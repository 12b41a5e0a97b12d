package io.nodeledger.events.node;

import java.util.Locale;

/** A node's status as the API shows it (source: rulings, "State machine"). */
public enum NodeStatus {
    PROVISIONING,
    RUNNING,
    STARTING,
    STOPPING,
    STOPPED,
    REBOOTING,
    DELETING,
    DELETED,
    ERROR;

    /** The status' word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
