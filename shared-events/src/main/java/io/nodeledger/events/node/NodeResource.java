package io.nodeledger.events.node;

import java.util.Locale;

/** What a node may run short of. */
public enum NodeResource {
    CPU,
    MEMORY,
    STORAGE;

    /** The resource's word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
