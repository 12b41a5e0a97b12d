package io.nodeledger.events.webhook;

import java.util.Locale;

/** Why the system has stopped sending to an endpoint. */
public enum DisabledReason {
    /** It has answered 410: it wants nothing any more. */
    GONE,
    /** Nothing has been accepted for days. */
    FAILING;

    /** The reason's word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
