package io.nodeledger.provisioner.operation;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.provisioner.activity.HeldOperations;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A saga store that holds the operation of a saga it can't read, as another version or a damaged row may leave it, and
 * goes on as if the saga had ended.
 */
final class UnreadableSagas implements SagaStore<Object> {
    private static final Logger log = LoggerFactory.getLogger(UnreadableSagas.class);

    private final SagaStore<Object> store;
    private final SagaRows rows;
    private final HeldOperations held;

    UnreadableSagas(SagaStore<Object> store, SagaRows rows, HeldOperations held) {
        this.store = store;
        this.rows = rows;
        this.held = held;
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> type, String sagaId) {
        try {
            return store.loadSaga(type, sagaId);
        } catch (SerializationException unreadable) {
            Message<?> handled = CurrentUnitOfWork.get().getMessage();
            if (!(handled instanceof EventMessage<?> event) || !(event.getPayload() instanceof NodeEvent concerned)) {
                throw unreadable;
            }
            for (String operationId : rows.operationsOf(sagaId)) {
                held.hold(operationId, concerned.nodeId(), event.getIdentifier(), unreadable);
                log.error(
                        "The saga of operation {} can't be read; it is driven on without it", operationId, unreadable);
            }
            return null;
        }
    }

    @Override
    public Set<String> findSagas(Class<?> type, AssociationValue association) {
        return store.findSagas(type, association);
    }

    @Override
    public void insertSaga(Class<?> type, String sagaId, Object saga, Set<AssociationValue> associations) {
        store.insertSaga(type, sagaId, saga, associations);
    }

    @Override
    public void updateSaga(Class<?> type, String sagaId, Object saga, AssociationValues associations) {
        store.updateSaga(type, sagaId, saga, associations);
    }

    @Override
    public void deleteSaga(Class<?> type, String sagaId, Set<AssociationValue> associations) {
        store.deleteSaga(type, sagaId, associations);
    }
}
