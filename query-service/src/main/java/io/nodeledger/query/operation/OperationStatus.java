package io.nodeledger.query.operation;

import java.util.Locale;

/** An operation's status as the API shows it (source: API decisions, "Operations"). */
public enum OperationStatus {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The status' word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
