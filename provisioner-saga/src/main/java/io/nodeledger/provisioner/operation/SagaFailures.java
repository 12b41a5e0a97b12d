package io.nodeledger.provisioner.operation;

import io.nodeledger.base.messaging.Outages;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.provisioner.activity.HeldOperations;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the one operation whose saga failed, so that the others of its segment go on (source: rulings 5). What the
 * database does not do for a while is tried again instead.
 */
final class SagaFailures implements ListenerInvocationErrorHandler {
    private static final Logger log = LoggerFactory.getLogger(SagaFailures.class);

    private final HeldOperations held;

    SagaFailures(HeldOperations held) {
        this.held = held;
    }

    @Override
    public void onError(Exception failure, EventMessage<?> event, EventMessageHandler handler) throws Exception {
        if (Outages.explain(failure)
                || !(event.getPayload() instanceof NodeEvent concerned)
                || !(handler instanceof Saga<?> saga)) {
            throw failure;
        }
        for (AssociationValue association : saga.getAssociationValues().asSet()) {
            String operationId = association.getValue();
            held.hold(operationId, concerned.nodeId(), event.getIdentifier(), failure);
            log.error(
                    "The saga of operation {} of {} failed at {}; the operation is driven on without it",
                    operationId,
                    concerned.nodeId(),
                    event.getIdentifier(),
                    failure);
        }
    }
}
