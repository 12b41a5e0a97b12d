package io.nodeledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.JsonSerializers;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.query.Folding;
import io.nodeledger.query.History;
import io.nodeledger.query.LegalHistories;
import io.nodeledger.query.node.NodeReadModel;
import io.nodeledger.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** However the log is cut into batches, the tables come out the same. */
class BatchFoldProperties {
    private static final List<String> TABLES = List.of("nodes", "node_counts", "operations", "audit");
    private static final JdbcTemplate JDBC = migrated();

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void batches_of_any_size_end_in_the_tables_of_one_event_at_a_time(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 50) int batch) {
        var random = new Random(seed);
        var log = Folding.stored(interleaved(random));

        assertThat(project(log, batch)).isEqualTo(project(log, 1));
    }

    private static List<String> project(List<StoredEvent> log, int batch) {
        var generations =
                new Generations(JdbcClient.create(JDBC), JsonSerializers.forState(new AnnotationRevisionResolver()));
        int number = generations.create(NodeReadModel.READ_MODEL);
        var writer = new TableWriter(JDBC);
        for (int from = 0; from < log.size(); from += batch) {
            NodeReadModel.READ_MODEL.project(writer, number, log.subList(from, Math.min(log.size(), from + batch)));
        }
        var content = TABLES.stream()
                .flatMap(table -> JDBC
                        .queryForList(
                                "SELECT to_jsonb(t)::text AS line FROM %s t ORDER BY 1"
                                        .formatted(Table.physical(table, number)),
                                String.class)
                        .stream())
                .filter(line -> !line.contains("\"nodes\": 0"))
                .toList();
        TABLES.forEach(table -> JDBC.execute("DROP TABLE " + Table.physical(table, number)));
        JDBC.update("DELETE FROM query.projection_generation");
        return content;
    }

    /** Legal histories of a few nodes, mixed but each in its own order. */
    private static List<NodeEvent> interleaved(Random random) {
        var histories = new ArrayList<List<NodeEvent>>();
        for (int i = 0; i < 4; i++) {
            histories.add(new ArrayList<>(
                    LegalHistories.continued(random, History.of("node-" + i).provision())
                            .events()));
        }
        var log = new ArrayList<NodeEvent>();
        while (!histories.isEmpty()) {
            var one = histories.get(random.nextInt(histories.size()));
            log.add(one.removeFirst());
            histories.removeIf(List::isEmpty);
        }
        return log;
    }

    private static JdbcTemplate migrated() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("query")
                .defaultSchema("query")
                .locations("classpath:db/query")
                .load()
                .migrate();
        return new JdbcTemplate(
                new SingleConnectionDataSource(database.url(), database.user(), database.password(), true));
    }
}
