package io.nodeledger.provisioner.charging;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.provisioner.ProvisionerConfiguration;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The provisioner on a fresh database, with meters that a test writes where the read side would. */
final class ChargedWorld implements AutoCloseable {
    private static final String TOKEN = "org.axonframework.eventhandling.GapAwareTrackingToken";

    private final ConfigurableApplicationContext application;
    private final JdbcClient jdbc;
    private int points;
    Instant now = Instant.EPOCH;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ProvisionerConfiguration.class)
    static class Provisioner {}

    ChargedWorld() {
        application = new SpringApplicationBuilder(Provisioner.class)
                .web(WebApplicationType.NONE)
                .run(PostgresServer.newDatabase().asArguments());
        jdbc = application.getBean(JdbcClient.class);
        jdbc.sql("""
                        create schema if not exists query;
                        create table query.projection_generation (read_model text, generation integer, state text);
                        create table query.token_entry (processor_name text, segment int, token bytea, token_type text);
                        create table query.metered_workspaces (workspace_id text primary key,
                               first_ready_at timestamptz, settled_rate_millis numeric);
                        create table query.metered_nodes (id text, workspace_id text, first_ready_at timestamptz,
                               settled_at timestamptz, settled_rate_millis numeric);
                        create table query.meter_points (node_id text, at bigint, position bigint, rate numeric,
                               rate_millis numeric);
                        insert into query.projection_generation values ('costs', 3, 'active'), ('costs', 4, 'building');
                        insert into query.token_entry values ('query.costs.g3', 0, null, null)""").update();
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** Another instance, or this one after a crash. */
    DailyCharge instance() {
        return instance(application.getBean(CommandGateway.class));
    }

    /** An instance that dies at a place, see {@link DyingGateway}. */
    DailyCharge dyingInstance(int death) {
        return instance(DyingGateway.of(application.getBean(CommandGateway.class), death));
    }

    private DailyCharge instance(CommandGateway gateway) {
        return DailyCharge.of(
                jdbc,
                application.getBean(Positions.class),
                Duration.ofMillis(1),
                gateway,
                new ChargingSettings(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofDays(3),
                        AfterGrace.STOP,
                        Duration.ofMinutes(5)),
                () -> now);
    }

    /** Looks at a moment, when the tables have come as far as the log, and nobody else is at it any more. */
    void look(DailyCharge instance, String moment) {
        now = Instant.parse(moment);
        jdbc.sql("update provisioner.region_turn set held_until = now() - interval '1 s'")
                .update();
        readAll();
        instance.look();
    }

    void readAll() {
        readUpTo(last());
    }

    void readUpTo(long index, Long... gaps) {
        jdbc.sql("update query.token_entry set token = ?, token_type = ?")
                .params(
                        "{\"index\":%d,\"gaps\":%s}"
                                .formatted(index, Arrays.toString(gaps))
                                .getBytes(StandardCharsets.UTF_8),
                        TOKEN)
                .update();
    }

    /** The last event's place in the global order. */
    long last() {
        return jdbc.sql("select max(global_index) from eventstore.domain_event")
                .query(Long.class)
                .single();
    }

    /** A place in the global order that stays empty, as that of an event that was rolled back. */
    long deadGap() {
        return jdbc.sql("select nextval(pg_get_serial_sequence('eventstore.domain_event', 'global_index'))")
                .query(Long.class)
                .single();
    }

    void workspace(String id, String credits) {
        CommandGateway gateway = application.getBean(CommandGateway.class);
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        gateway.sendAndWait(new PutWorkspace(id, WorkspacePlan.PRO, "us-west-2", null, null, false, then));
        gateway.sendAndWait(new GrantCredits(id, new BigDecimal(credits), null, then));
    }

    /** A node that runs at a rate from a moment on. */
    void node(String id, String workspace, String ready, String rate) {
        jdbc.sql("insert into query.metered_nodes values (?, ?, ?, null, 0)")
                .params(id, workspace, Timestamp.from(Instant.parse(ready)))
                .update();
        point(id, ready, rate, "0");
        addUp();
    }

    /** The node is gone from the moment on, and has cost so much. */
    void gone(String node, String at, String usd) {
        point(node, at, "0", usd);
        jdbc.sql("update query.metered_nodes set settled_at = ? where id = ?")
                .params(Timestamp.from(Instant.parse(at)), node)
                .update();
        corrected(node, usd);
    }

    /** It turns out that a node that is gone has cost so much. */
    void corrected(String node, String usd) {
        jdbc.sql("update query.metered_nodes set settled_rate_millis = ?::numeric * 3600000 where id = ?")
                .params(usd, node)
                .update();
        addUp();
    }

    private void addUp() {
        jdbc.sql("""
                        truncate query.metered_workspaces;
                        insert into query.metered_workspaces
                        select workspace_id, min(first_ready_at), sum(settled_rate_millis)
                          from query.metered_nodes group by workspace_id""").update();
    }

    /** From the moment on it costs another rate; until then it has cost so much. */
    void point(String node, String at, String rate, String usdUntilThen) {
        jdbc.sql("insert into query.meter_points values (?, ?, ?, ?::numeric, ?::numeric * 3600000)")
                .params(node, Instant.parse(at).toEpochMilli(), ++points, rate, usdUntilThen)
                .update();
    }

    List<WorkspaceCharged> charges(String workspace) {
        return events(workspace).stream()
                .filter(WorkspaceCharged.class::isInstance)
                .map(WorkspaceCharged.class::cast)
                .toList();
    }

    List<Object> events(String workspace) {
        return application
                .getBean(EventStore.class)
                .readEvents(WorkspaceCommand.streamIdOf(workspace))
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    @Override
    public void close() {
        application.close();
    }
}
