package io.nodeledger.events.node;

/**
 * A Kubernetes taint.
 *
 * @param key qualified name
 * @param value may be empty
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
 */
public record Taint(String key, String value, String effect) {}
