package io.nodeledger.base.eventstore;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.serialization.Serializer;

/**
 * Saga stores on the tables {@code saga_entry} and {@code association_value_entry} of a module's schema:
 *
 * <pre>{@code
 * CREATE TABLE saga_entry (saga_id text PRIMARY KEY, revision text, saga_type text, serialized_saga bytea);
 * CREATE TABLE association_value_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
 *   association_key text, association_value text, saga_id text, saga_type text);
 * }</pre>
 *
 * A saga is locked while it is loaded, so that two nodes never work on one at the same time.
 */
public final class SagaStores {

    private final ConnectionProvider connections;
    private final Serializer serializer;

    public SagaStores(ConnectionProvider connections, Serializer serializer) {
        this.connections = connections;
        this.serializer = serializer;
    }

    /** The saga store of a schema. */
    public SagaStore<Object> in(String schema) {
        var sql = new PostgresSagaSqlSchema(SagaSchema.builder()
                .sagaEntryTable(schema + ".saga_entry")
                .associationValueEntryTable(schema + ".association_value_entry")
                .sagaIdColumn("saga_id")
                .sagaTypeColumn("saga_type")
                .revisionColumn("revision")
                .serializedSagaColumn("serialized_saga")
                .associationKeyColumn("association_key")
                .associationValueColumn("association_value")
                .build());
        sql.setExclusiveLoad(true);
        return JdbcSagaStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .sqlSchema(sql)
                .build();
    }
}
