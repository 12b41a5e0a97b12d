package io.nodeledger.resilience.check;

import io.nodeledger.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the product has stored, read without any of its code. */
public final class Stores {
    /** Amounts are read digit for digit. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String SELECT =
            "select aggregate_identifier, sequence_number, payload_type, convert_from(payload, 'UTF8')"
                    + " from eventstore.domain_event ";

    private final JdbcClient jdbc;

    public Stores(TestDatabase database) {
        this.jdbc = JdbcClient.create(database.keptConnections());
    }

    /** All events, by stream, in their order. */
    public Map<String, List<RecordedEvent>> streams() {
        return select("").stream()
                .collect(Collectors.groupingBy(RecordedEvent::stream, LinkedHashMap::new, Collectors.toList()));
    }

    /** All events in the order in which they were appended. */
    public List<RecordedEvent> log() {
        return jdbc.sql(SELECT + " order by global_index")
                .query((row, _) -> event(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** One stream's events, none when there is no such stream. */
    public List<RecordedEvent> stream(String id) {
        return jdbc.sql(sql("where aggregate_identifier = ?"))
                .param(id)
                .query((row, _) -> event(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** How many of the workspaces are noted as charged for the day and all before it. */
    public int chargedThrough(LocalDate day, Collection<String> workspaces) {
        return jdbc.sql("select count(*) from provisioner.charged_workspace"
                        + " where charged_through >= ? and workspace_id = any (?)")
                .params(day, workspaces.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    /** How many rows a table of the provisioner has. */
    public int rows(String table) {
        return jdbc.sql("select count(*) from provisioner." + table)
                .query(Integer.class)
                .single();
    }

    /** The machine ids that nodes hold, by node. */
    public Map<String, Integer> machineIds() {
        return jdbc
                .sql("select node_id, vm_id from provisioner.machine_id where burnt_at is null")
                .query((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The steps that are due, running or waiting. */
    public List<String> steps() {
        return jdbc.sql("select task_instance from provisioner.scheduled_tasks where task_name = 'node-step'")
                .query(String.class)
                .list();
    }

    /** How many steps belong to an instance that has not been heard of for so long. */
    public int silentSteps(Duration silence) {
        return jdbc.sql("select count(*) from provisioner.scheduled_tasks where picked and last_heartbeat < ?")
                .param(OffsetDateTime.now(ZoneOffset.UTC).minus(silence))
                .query(Integer.class)
                .single();
    }

    /** The nodes that people are told of under a kind of drift. */
    public List<String> drifting(String kind) {
        return jdbc.sql("select coalesce(node_id, '') from provisioner.drift where kind = ? and confirmed")
                .param(kind)
                .query(String.class)
                .list();
    }

    /** In how many regions nothing is put right, because what is seen there can't be believed. */
    public int breakers() {
        return jdbc.sql("select count(*) from provisioner.reconciled_region where breaker_reason is not null")
                .query(Integer.class)
                .single();
    }

    private List<RecordedEvent> select(String where) {
        return jdbc.sql(sql(where))
                .query((row, _) -> event(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
    }

    private static String sql(String where) {
        return SELECT + where + " order by aggregate_identifier, sequence_number";
    }

    private static RecordedEvent event(String stream, long sequence, String type, String payload) {
        return new RecordedEvent(stream, sequence, type.replaceAll(".*[$.]", ""), JSON.readTree(payload));
    }
}
