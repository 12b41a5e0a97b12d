package io.nodeledger.webhook.delivery;

import java.util.Locale;

/** How far a delivery is, by the words of the API and of {@code webhook.delivery}. */
enum DeliveryStatus {
    /** An attempt is still to come. */
    PENDING,
    /** The endpoint has accepted it. */
    DELIVERED,
    /** Given up. */
    FAILED,
    /** The endpoint was disabled before. */
    CANCELLED;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }
}
