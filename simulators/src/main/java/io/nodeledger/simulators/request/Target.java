package io.nodeledger.simulators.request;

import java.util.Locale;

/** Which of a region's simulators. */
public enum Target {
    PROXMOX,
    KUBERNETES;

    /** Its name outside of this program. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
