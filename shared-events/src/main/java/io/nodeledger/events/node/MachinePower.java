package io.nodeledger.events.node;

import java.util.Locale;

/** What a machine was found to do. */
public enum MachinePower {
    /** It runs. */
    ON,
    /** It is there and powered off. */
    OFF,
    /** It is nowhere in its cluster. */
    GONE;

    /** The word for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
