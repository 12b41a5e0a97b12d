package io.nodeledger.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.stream.ReadStream.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Streams while the database is away for those who read the trail, and when the service is stopped. */
class StreamOutageTest {
    private static final String STREAM = "/api/v1/workspaces/ws-123/nodes/stream";
    private static final String[] HAPPENED = {"node", "operation", "step"};
    private static final int NODES = 60;

    /** Longer than anybody waits here, so that a stream that is not ended is seen. */
    private static final String GRACE = "--spring.lifecycle.timeout-per-shutdown-phase=120s";

    private QueryServer server;
    private int nodes;

    @BeforeEach
    void start() {
        server = new QueryServer("--nodeledger.stream.heartbeat=200ms", GRACE);
        server.append(Workspaces.registered("ws-123"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void who_is_cut_off_while_being_sent_what_was_missed_goes_on_without_a_gap_or_a_repeat() {
        // given
        String begin = beginning();
        var expected = new ArrayList<String>();
        for (int i = 0; i < NODES; i++) {
            expected.addAll(happens());
        }
        databaseIsAwayAfter(Long.parseLong(begin) + 550);

        // when
        var seen = new ArrayList<Event>();
        try (var stream = open(begin)) {
            assertThat(stream.awaitEnd()).as("ended, not broken off").isTrue();
            assertThat(stream.named("reset")).isEmpty();
            seen.addAll(stream.named(HAPPENED));
        }
        assertThat(seen).hasSizeLessThan(expected.size());
        try (var stream = open(goingOn(begin, seen))) {
            assertThat(stream.awaitEnd()).as("it is away still").isTrue();
            seen.addAll(stream.named(HAPPENED));
        }
        databaseIsBack();
        try (var stream = open(goingOn(begin, seen))) {
            int missing = expected.size() - seen.size();
            seen.addAll(stream.await(missing, HAPPENED));
            var more = happens();
            expected.addAll(more);
            var all = stream.await(missing + more.size(), HAPPENED);
            seen.addAll(all.subList(missing, all.size()));
        }

        // then
        assertThat(ids(seen)).containsExactlyElementsOf(expected);
    }

    @Test
    void an_open_stream_outlives_an_outage_and_misses_nothing() {
        try (var stream = open(null)) {
            String begin = stream.await(1, "begin").getFirst().id();
            databaseIsAwayAfter(Long.parseLong(begin));
            var expected = happens();
            stream.await(5, "still here");
            assertThat(stream.named(HAPPENED)).isEmpty();

            databaseIsBack();

            assertThat(ids(stream.await(expected.size(), HAPPENED))).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void a_stop_of_the_service_ends_open_streams_at_once() {
        var open = Stream.generate(() -> open(null)).limit(5).toList();
        open.forEach(stream -> stream.await(1, "begin"));
        var happened = happens();
        open.forEach(stream -> stream.await(happened.size(), HAPPENED));

        var stopping = Thread.ofVirtual().start(server::close);

        assertThat(open).allSatisfy(stream -> {
            assertThat(stream.awaitEnd()).as("ended, not broken off").isTrue();
            assertThat(stream.named("reset")).isEmpty();
        });
        assertThat(joins(stopping)).as("nothing keeps it from stopping").isTrue();
    }

    private static boolean joins(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String beginning() {
        try (var stream = open(null)) {
            return stream.await(1, "begin").getFirst().id();
        }
    }

    private static String goingOn(String begin, List<Event> seen) {
        return seen.isEmpty() ? begin : seen.getLast().id();
    }

    /** A node is provisioned; answers the ids of what happened, in the trail's order. */
    private List<String> happens() {
        var history = new History("node-o" + ++nodes, "ws-123", "name-" + nodes, Instant.parse("2024-01-20T10:00:00Z"));
        server.append(history.provision().succeed());
        return jdbc().sql("SELECT event_identifier FROM eventstore.domain_event WHERE aggregate_identifier = ?"
                        + " ORDER BY global_index")
                .param("node-o" + nodes)
                .query(String.class)
                .list();
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(event -> event.data().path("id").asString()).toList();
    }

    /** Whoever reads the trail beyond a position is told what a server that is shut down says; projections go on. */
    private void databaseIsAwayAfter(long position) {
        jdbc().sql("ALTER VIEW query.audit RENAME TO audit_within_reach").update();
        jdbc().sql("""
                        CREATE FUNCTION query.within_reach(at bigint) RETURNS boolean LANGUAGE plpgsql AS $$
                        BEGIN
                            IF at > %d THEN
                                RAISE EXCEPTION 'terminating connection' USING ERRCODE = 'admin_shutdown';
                            END IF;
                            RETURN true;
                        END $$""".formatted(position)).update();
        jdbc().sql("CREATE VIEW query.audit AS SELECT * FROM query.audit_within_reach"
                        + " WHERE query.within_reach(position)")
                .update();
    }

    private void databaseIsBack() {
        jdbc().sql("DROP VIEW query.audit").update();
        jdbc().sql("ALTER VIEW query.audit_within_reach RENAME TO audit").update();
    }

    private JdbcClient jdbc() {
        return server.bean(JdbcClient.class);
    }

    private ReadStream open(@Nullable String after) {
        return new ReadStream(server.stream(STREAM, server.token("ws-123", "viewer"), after));
    }
}
