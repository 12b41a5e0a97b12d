package io.nodeledger.query.status;

import java.util.Locale;

/** How a node is doing (source: API decisions, "Endpoint by endpoint"). */
enum Health {
    /** Ready, and no pressure. */
    HEALTHY,
    /** Ready, but short of something. */
    DEGRADED,
    /** Not Ready, or silent for too long. */
    UNHEALTHY,
    /** Nobody knows: it is not to be running, or was not observed lately. */
    UNKNOWN;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
