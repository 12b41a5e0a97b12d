package io.nodeledger.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.stream.ReadStream.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class StreamHttpTest {
    private static final String STREAM = "/api/v1/workspaces/ws-123/nodes/stream";
    private static final String[] HAPPENED = {"node", "operation", "step"};

    private static QueryServer server;
    private static int nodes;

    @BeforeAll
    static void start() {
        server = new QueryServer(
                "--nodeledger.stream.heartbeat=200ms",
                "--nodeledger.stream.usage-every=300ms",
                "--nodeledger.stream.per-caller=40",
                "--nodeledger.stream.replayed=500");
        server.append(Workspaces.registered("ws-123"));
        server.append(Workspaces.registered("ws-other"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_happens_is_sent_as_it_happens_in_its_order_and_of_the_own_workspace_alone() {
        try (var stream = open(null)) {
            var begin = stream.await(1, "begin").getFirst();
            server.append(node("ws-other").provision());
            var history = node("ws-123").provision().succeed();
            server.append(history);

            var happened = stream.await(history.events().size(), HAPPENED);

            assertThat(happened).hasSize(history.events().size());
            assertThat(happened)
                    .extracting(event -> event.data().path("type").asString())
                    .startsWith("node.provisioning_started", "node.machine_allocated")
                    .endsWith("node.provisioning_completed");
            assertThat(happened.stream().mapToLong(event -> Long.parseLong(event.id())))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(position -> position > Long.parseLong(begin.id()));
            var last = happened.getLast();
            assertThat(last.name()).isEqualTo("operation");
            assertThat(last.data().propertyNames())
                    .containsExactly("id", "type", "node_id", "operation_id", "status", "occurred_at");
            assertThat(last.data().path("status").asString()).isEqualTo("running");
        }
    }

    @Test
    void open_streams_are_counted() {
        double before = openStreams();
        try (var stream = open(null)) {
            stream.await(1, "begin");
            assertThat(openStreams()).isGreaterThan(0);
        }
        await().until(() -> openStreams() <= before);
    }

    private static double openStreams() {
        return server.bean(MeterRegistry.class)
                .get("nodeledger.streams.open")
                .gauge()
                .value();
    }

    @Test
    void steps_tell_neither_hosts_nor_tasks_of_the_provider() {
        try (var stream = open(null)) {
            stream.await(1, "begin");
            server.append(node("ws-123").provision().succeed());

            var steps = stream.await(3, "step");

            assertThat(steps.getFirst().data().path("step").asString()).isNotEmpty();
            assertThat(steps).noneMatch(step -> step.data().toString().matches("(?i).*(upid|pve1|vm_id).*"));
        }
    }

    /** Cut off again and again, at every event: what came before and what comes after add up to all of it. */
    @Test
    void whoever_comes_again_misses_nothing_and_sees_nothing_twice() {
        String id;
        try (var stream = open(null)) {
            id = stream.await(1, "begin").getFirst().id();
        }
        var history =
                node("ws-123").provision().succeed().delete(NodeStatus.RUNNING).gone();
        server.append(history);
        var seen = new ArrayList<String>();
        while (seen.size() < history.events().size()) {
            try (var stream = open(id)) {
                Event next = stream.await(1, HAPPENED).getFirst();
                seen.add(next.data().path("id").asString());
                id = next.id();
            }
        }

        try (var stream = open(id)) {
            server.append(node("ws-123").provision());
            assertThat(stream.await(1, HAPPENED).getFirst().data().path("type").asString())
                    .isEqualTo("node.provisioning_started");
        }
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void whoever_has_missed_too_much_or_comes_from_another_time_is_told_to_read_anew() {
        String id;
        try (var stream = open(null)) {
            id = stream.await(1, "begin").getFirst().id();
        }
        for (int i = 0; i < 60; i++) {
            server.append(node("ws-123").provision().succeed());
        }

        try (var stream = open(id);
                var fromTheFuture = open("999999999")) {
            assertThat(stream.await(1, "reset").getFirst().id()).isNotEmpty();
            assertThat(fromTheFuture.await(1, "reset")).hasSize(1);
        }
    }

    @Test
    void a_silent_stream_shows_that_it_lives_and_what_the_workspace_uses() {
        try (var stream = open(null)) {
            stream.await(2, "still here");
            assertThat(stream.await(1, "usage")
                            .getFirst()
                            .data()
                            .path("summary")
                            .has("total_nodes"))
                    .isTrue();
            assertThat(stream.named("usage").getFirst().id()).isEmpty();
        }
    }

    @Test
    void a_ticket_opens_one_stream_of_its_workspace() {
        String ticket = server.post(STREAM + "/tickets").data().path("ticket").asString();
        String url = STREAM + "?ticket=" + ticket;

        assertThat(server.getWithoutToken("/api/v1/workspaces/ws-other/nodes/stream?ticket=" + ticket)
                        .status())
                .isEqualTo(401);
        try (var stream = new ReadStream(server.stream(url, null, null))) {
            stream.await(1, "begin");
        }
        var again = server.getWithoutToken(url);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body().path("error").path("code").asString()).isEqualTo("AUTH_INVALID_TOKEN");
    }

    /** As a browser does, whose new event source can send no header. */
    @Test
    void a_ticket_and_the_last_id_go_on_where_another_stream_ended() {
        String id;
        try (var stream = open(null)) {
            id = stream.await(1, "begin").getFirst().id();
        }
        server.append(node("ws-123").provision());
        String ticket = server.post(STREAM + "/tickets").data().path("ticket").asString();

        try (var stream =
                new ReadStream(server.stream(STREAM + "?ticket=" + ticket + "&last_event_id=" + id, null, null))) {
            assertThat(stream.await(1, HAPPENED).getFirst().data().path("type").asString())
                    .isEqualTo("node.provisioning_started");
        }
    }

    @Test
    void only_reading_the_stream_is_open_to_who_has_no_token() {
        assertThat(server.post(STREAM, "no-token").status()).isEqualTo(401);
    }

    @Test
    void a_ticket_is_kept_as_a_hash_and_ends() {
        var issued = server.post(STREAM + "/tickets").data();
        String ticket = issued.path("ticket").asString();
        var jdbc = server.bean(JdbcClient.class);
        assertThat(Instant.parse(issued.path("expires_at").asString()))
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61));
        assertThat(jdbc.sql("SELECT count(*) FROM query.stream_ticket t WHERE t::text LIKE ?")
                        .param("%" + ticket + "%")
                        .query(Long.class)
                        .single())
                .isZero();

        jdbc.sql("UPDATE query.stream_ticket SET expires_at = now() - interval '1 second'")
                .update();

        assertThat(server.getWithoutToken(STREAM + "?ticket=" + ticket).status())
                .isEqualTo(401);
    }

    @Test
    void nobody_else_gets_a_stream_or_a_ticket() {
        var foreign = server.token("ws-other", "admin");

        assertThat(server.getWithoutToken(STREAM).status()).isEqualTo(401);
        assertThat(server.get(STREAM, foreign).status()).isEqualTo(404);
        assertThat(server.post(STREAM + "/tickets", foreign).status()).isEqualTo(404);
    }

    @Test
    void a_broken_last_event_id_is_refused() {
        var answer = server.get(STREAM, server.token("ws-123", "viewer"), "Last-Event-ID", "abc");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/details/fields/0/field").asString()).isEqualTo("Last-Event-ID");
    }

    @Test
    void a_caller_has_only_so_many_streams_open() {
        var open = Stream.generate(() -> open(null)).limit(40).toList();
        open.forEach(stream -> stream.await(1, "begin"));

        var refused = server.get(STREAM, server.token("ws-123", "viewer"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        open.forEach(ReadStream::close);
        // It notices when it sends; who comes next is to find all places free.
        await().until(() -> openStreams() == 0);
        try (var stream = open(null)) {
            stream.await(1, "begin");
        }
    }

    private static ReadStream open(@Nullable String after) {
        return new ReadStream(server.stream(STREAM, server.token("ws-123", "viewer"), after));
    }

    private static History node(String workspace) {
        int number = ++nodes;
        return new History("node-s" + number, workspace, "name-" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }
}
