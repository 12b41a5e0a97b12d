package io.nodeledger.provisioner.operation;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sagas' rows, for those that no saga store can read any more. */
final class SagaRows {
    private final JdbcClient jdbc;

    SagaRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The operations that a saga drives: one, as a rule. */
    List<String> operationsOf(String sagaId) {
        return jdbc.sql("select association_value from provisioner.association_value_entry where saga_id = ?")
                .param(sagaId)
                .query(String.class)
                .list();
    }

    /** Removes what is left of an operation's saga. */
    void removeOf(String operationId) {
        jdbc.sql("""
                        with ended as (
                            delete from provisioner.association_value_entry
                             where association_key = ? and association_value = ? returning saga_id)
                        delete from provisioner.saga_entry where saga_id in (select saga_id from ended)""").params(OperationSaga.OPERATION, operationId).update();
    }
}
