package io.nodeledger.webhook.delivery;

import io.nodeledger.events.identity.Ids;

/**
 * Something to be sent to an endpoint.
 *
 * @param origin why: {@link #LIVE}, {@link #TEST}, or a replay's id; the same event is sent once for each
 */
record NewDelivery(String id, String endpointId, Outgoing message, String origin) {
    static final String LIVE = "live";
    static final String TEST = "test";

    static NewDelivery of(String endpointId, Outgoing message, String origin) {
        return new NewDelivery(Ids.delivery(), endpointId, message, origin);
    }

    /** What happens comes before what is repeated. */
    int urgency() {
        return origin.equals(LIVE) || origin.equals(TEST) ? 0 : 1;
    }

    /** What it stands in line with: the node's events, or those of the node that the same replay repeats. */
    String line() {
        return switch (origin) {
            case LIVE -> message.nodeId();
            case TEST -> id;
            default -> origin + "/" + message.nodeId();
        };
    }
}
