package io.nodeledger.command;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The application on random ports and a database of its own, with a look into its event store. */
record RunningWriteDoor(
        ConfigurableApplicationContext service, TestIssuer issuer, TestDatabase database, JdbcClient sql)
        implements AutoCloseable {
    private static final long GIB = 1L << 30;

    static RunningWriteDoor start(String... settings) {
        var issuer = new TestIssuer();
        var database = PostgresServer.newDatabase();
        var sql = JdbcClient.create(database.keptConnections());
        // The provisioner's table, as far as admission reads it.
        sql.sql("CREATE SCHEMA provisioner").update();
        sql.sql("""
                CREATE TABLE provisioner.region_capacity (region text, host text, free_cpu integer,
                    free_memory_bytes bigint, free_storage_bytes bigint, sampled_at timestamptz)""").update();
        return new RunningWriteDoor(run(database, issuer, List.of(), settings), issuer, database, sql);
    }

    /** Another instance on the same database, with further settings. */
    RunningWriteDoor another(String... settings) {
        return new RunningWriteDoor(run(database, issuer, List.of(), settings), issuer, database, sql);
    }

    /** Another instance on the same database, in which these see every bean. */
    RunningWriteDoor anotherWith(List<BeanPostProcessor> processors) {
        return new RunningWriteDoor(run(database, issuer, processors), issuer, database, sql);
    }

    private static ConfigurableApplicationContext run(
            TestDatabase database, TestIssuer issuer, List<BeanPostProcessor> processors, String... settings) {
        return new SpringApplicationBuilder(CommandServiceApplication.class)
                .initializers(context -> processors.forEach(context.getBeanFactory()::addBeanPostProcessor))
                .run(arguments(database, issuer, settings).toArray(String[]::new));
    }

    /** What an instance is started with. */
    static Stream<String> arguments(TestDatabase database, TestIssuer issuer, String... settings) {
        return Stream.of(
                        Stream.of(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--nodeledger.capacity.refresh=50ms",
                                "--nodeledger.idempotency.purge-every=50ms"),
                        Arrays.stream(database.asArguments()),
                        Arrays.stream(issuer.asArguments()),
                        Arrays.stream(settings))
                .flatMap(arguments -> arguments);
    }

    ApiCaller operator() {
        return ApiCaller.of(service, issuer.operator());
    }

    ApiCaller admin(String workspace) {
        return caller(workspace, "admin");
    }

    ApiCaller caller(String workspace, String role) {
        return ApiCaller.of(service, issuer.of(workspace, role));
    }

    /** Every event there is, as stream and sequence. */
    List<String> streams() {
        return sql.sql("SELECT aggregate_identifier || '#' || sequence_number FROM eventstore.events ORDER BY 1")
                .query(String.class)
                .list();
    }

    /** The types of a stream's events in their order. */
    List<String> eventsOf(String stream) {
        return sql.sql("""
                        SELECT regexp_replace(payload_type, '.*[.$]', '') FROM eventstore.events
                        WHERE aggregate_identifier = ? ORDER BY sequence_number""").param(stream).query(String.class).list();
    }

    /** In how many transactions two events were committed. */
    int transactionsOf(String stream, long sequence, String otherStream, long otherSequence) {
        return sql.sql("""
                        SELECT count(DISTINCT transaction_id) FROM eventstore.domain_event
                        WHERE (aggregate_identifier, sequence_number) IN ((?, ?), (?, ?))""")
                .params(stream, sequence, otherStream, otherSequence)
                .query(Integer.class)
                .single();
    }

    /** The metadata of a stream's first event. */
    Map<String, String> metadataOf(String stream) {
        String text = sql.sql(
                        "SELECT metadata FROM eventstore.events WHERE aggregate_identifier = ? AND sequence_number = 0")
                .param(stream)
                .query(String.class)
                .single();
        return new JsonMapper()
                .readTree(text)
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().stringValue()));
    }

    /** Samples a host, as the provisioner would. */
    void hostWithRoom(String region, String host, int cores, int memoryGib, int storageGib) {
        sql.sql("INSERT INTO provisioner.region_capacity VALUES (?, ?, ?, ?, ?, now())")
                .params(region, host, cores, memoryGib * GIB, storageGib * GIB)
                .update();
    }

    /** Whether admission has taken notice that a plan fits nowhere in a region. */
    boolean knowsToBeFull(String region, String plan) {
        var wished = service.getBean(Catalogue.class).find(plan).orElseThrow();
        return service.getBean(CapacityView.class).shortages(wished).containsKey(region);
    }

    @Override
    public void close() {
        service.close();
    }
}
