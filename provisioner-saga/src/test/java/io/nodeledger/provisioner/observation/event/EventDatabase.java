package io.nodeledger.provisioner.observation.event;

import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A fresh database with the tables of events, and whose turn it is to observe. */
final class EventDatabase {
    private final DataSource database = ProvisionerSchema.newDatabase().keptConnections();
    private final JdbcClient jdbc = JdbcClient.create(database);

    JdbcClient jdbc() {
        return jdbc;
    }

    /** From now on the region is that instance's. */
    void take(String region, String observer) {
        jdbc.sql("""
                        insert into provisioner.region_turn (duty, region, holder, held_until)
                        values ('observation', ?, ?, now() + interval '1 hour')
                        on conflict (duty, region) do update set holder = excluded.holder""").params(region, observer).update();
    }

    void empty() {
        jdbc.sql("truncate provisioner.kubernetes_event, provisioner.kubernetes_event_object, provisioner.region_turn")
                .update();
    }

    RegionTurns turns(String observer) {
        return new RegionTurns(jdbc, "observation", observer);
    }

    EventTable table(String observer) {
        return table(observer, new AtomicBoolean());
    }

    /** A table that can't be written to while the database is down. */
    EventTable table(String observer, AtomicBoolean down) {
        var transactions = new JdbcTransactionManager(database) {
            @Override
            protected void doBegin(Object transaction, TransactionDefinition definition) {
                if (down.get()) {
                    throw new CannotCreateTransactionException("the database is down");
                }
                super.doBegin(transaction, definition);
            }
        };
        return new EventTable(jdbc, new TransactionTemplate(transactions), turns(observer));
    }

    /** All rows of a region in short, the earliest first. */
    List<String> rows(String region) {
        return jdbc.sql("""
                        select concat_ws(' ', id, node_id, type, reason, source, count,
                                         to_char(first_at at time zone 'UTC', 'HH24:MI') || '-'
                                           || to_char(last_at at time zone 'UTC', 'HH24:MI'))
                          from provisioner.kubernetes_event where region = ? order by first_at, id""").param(region).query(String.class).list();
    }

    List<String> messages(String region) {
        return jdbc.sql("select message from provisioner.kubernetes_event where region = ? order by first_at, id")
                .param(region)
                .query(String.class)
                .list();
    }

    List<String> ids(String table, String column) {
        return jdbc.sql("select %s from provisioner.%s order by 1".formatted(column, table))
                .query(String.class)
                .list();
    }

    /** How often the reason was told of a node. */
    long count(String nodeId, String reason) {
        return jdbc.sql(
                        "select coalesce(sum(count), 0) from provisioner.kubernetes_event where node_id = ? and reason = ?")
                .params(nodeId, reason)
                .query(Long.class)
                .single();
    }

    /** Which transactions have written the rows. */
    String writers() {
        return jdbc.sql("""
                        select (select string_agg(id || xmin::text, ',' order by id) from provisioner.kubernetes_event)
                            || (select string_agg(uid || xmin::text, ',' order by uid)
                                  from provisioner.kubernetes_event_object)""").query(String.class).single();
    }
}
