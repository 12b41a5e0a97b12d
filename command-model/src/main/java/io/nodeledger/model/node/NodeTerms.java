package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import java.math.BigDecimal;

/**
 * What was agreed for a node when it was provisioned, as far as it matters again when it is provisioned anew.
 *
 * @param creditHold USD held for it while it lives
 */
record NodeTerms(String region, String planId, BigDecimal hourlyRate, BigDecimal creditHold) {
    static final NodeTerms NONE = new NodeTerms("", "", BigDecimal.ZERO, BigDecimal.ZERO);

    static NodeTerms of(NodeProvisioningStarted event) {
        return new NodeTerms(
                event.region(), event.terms().planId(), event.terms().hourlyRate(), event.creditHold());
    }
}
