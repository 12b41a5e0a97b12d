package io.nodeledger.events.node;

/**
 * A Kubernetes taint.
 *
 * @param key qualified name
 * @param value may be empty
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
 */
public record Taint(String key, String value, String effect) {
    /** Domain of the keys of labels and taints that only the platform itself sets. */
    public static final String PLATFORM_DOMAIN = "nodeledger.io";

    /** Whether it is the platform's own, which no user sets or takes away. */
    public boolean belongsToPlatform() {
        return key.startsWith(PLATFORM_DOMAIN + "/");
    }
}
