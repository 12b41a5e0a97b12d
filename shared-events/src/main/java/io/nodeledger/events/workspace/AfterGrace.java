package io.nodeledger.events.workspace;

import java.util.Locale;

/** What becomes of the nodes of a workspace that still owes credits when its grace is over. */
public enum AfterGrace {
    /** They go on; the workspace only gets no new ones. */
    KEEP,
    /** They are stopped, and not started again before nothing is owed. */
    STOP;

    /** Its word in the API and in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
