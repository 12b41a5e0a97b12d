package io.nodeledger.provisioner.observation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.observation.ObservedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.CannotCreateTransactionException;

/** A simulated cluster over the wire: its events are followed through restarts, other instances and outages. */
class RegionEventsTest {
    private static final String REGION = ObservedCluster.REGION;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EventSettings SETTINGS = new EventSettings(Duration.ofDays(7));

    private static ObservedCluster cluster;
    private static EventDatabase database;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final RegionEvents one = events("one");

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new ObservedCluster(folder);
        database = new EventDatabase();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void one_observes() {
        database.take(REGION, "one");
    }

    @AfterEach
    void follow_no_more() {
        one.close();
    }

    @Test
    void what_happens_to_a_node_is_written_down_once_however_often_it_is_listed() throws Exception {
        // given
        var node = cluster.boot();
        looksUntil(one, () -> count(node, "NodeReady") == 1);

        // when
        cluster.simulated.silence(node.kubernetesName());

        // then
        looksUntil(one, () -> count(node, "NodeNotReady") == 1);
        one.close();
        one.look();
        assertThat(count(node, "NodeReady")).isEqualTo(1);
        assertThat(count(node, "NodeNotReady")).isEqualTo(1);
    }

    @Test
    void an_event_that_kubernetes_counts_up_is_counted_up() {
        // given
        var told = ToldEvent.tell(cluster.region(), "node-counted", "counted", 2);
        looksUntil(one, () -> database.count("node-counted", "Counted") == 2);

        // when
        told.count(5);

        // then
        looksUntil(one, () -> database.count("node-counted", "Counted") == 5);
    }

    @Test
    void another_instance_goes_on_where_one_has_ended_and_counts_nothing_twice() {
        // given
        var told = ToldEvent.tell(cluster.region(), "node-taken", "taken", 3);
        looksUntil(one, () -> database.count("node-taken", "Counted") == 3);
        var other = events("other");
        other.look();

        // when
        database.take(REGION, "other");
        told.count(4);
        one.look();
        assertThat(database.count("node-taken", "Counted")).as("nobody's look").isEqualTo(3);
        looksUntil(other, () -> database.count("node-taken", "Counted") == 4);

        // then
        database.take(REGION, "one");
        one.look();
        assertThat(database.count("node-taken", "Counted")).isEqualTo(4);
        other.close();
    }

    @Test
    void what_happened_while_the_cluster_was_cut_off_is_found_afterwards() {
        // given
        var told = ToldEvent.tell(cluster.region(), "node-cut", "cut", 1);
        looksUntil(one, () -> database.count("node-cut", "Counted") == 1);

        // when
        cluster.simulated.cutOff();
        ahead.set(Duration.ofMinutes(31));
        assertThat(tried(one)).isFalse();
        cluster.simulated.reconnect();
        told.count(2);

        // then
        looksUntil(one, () -> database.count("node-cut", "Counted") == 2);
    }

    @Test
    void when_the_heartbeats_had_to_be_watched_anew_so_are_the_events() {
        // given
        ToldEvent.tell(cluster.region(), "node-heart", "heart", 1);
        looksUntil(one, () -> database.count("node-heart", "Counted") == 1);
        database.empty();
        database.take(REGION, "one");
        one.look();
        assertThat(database.count("node-heart", "Counted"))
                .as("nothing is told again by the same watch")
                .isZero();

        // when
        cluster.region().leases().seen();

        // then
        one.look();
        assertThat(database.count("node-heart", "Counted")).isEqualTo(1);
    }

    @Test
    void what_could_not_be_written_is_written_when_the_database_is_back() {
        // given
        var down = new AtomicBoolean();
        var events = new RegionEvents(
                cluster.region(), database.table("one", down), database.turns("one"), SETTINGS, Instant::now);
        var told = ToldEvent.tell(cluster.region(), "node-down", "down", 1);
        looksUntil(events, () -> database.count("node-down", "Counted") == 1);

        // when
        down.set(true);
        told.count(2);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatThrownBy(events::look).isInstanceOf(CannotCreateTransactionException.class));
        down.set(false);

        // then
        events.look();
        assertThat(database.count("node-down", "Counted")).isEqualTo(2);
        events.close();
    }

    private static long count(NodeFacts node, String reason) {
        return database.count(node.nodeId(), reason);
    }

    private static void looksUntil(RegionEvents events, Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            tried(events);
            return condition.call();
        });
    }

    private static boolean tried(RegionEvents events) {
        try {
            events.look();
            return true;
        } catch (KubernetesClientException silent) {
            return false;
        }
    }

    private RegionEvents events(String observer) {
        return new RegionEvents(
                cluster.region(),
                database.table(observer),
                database.turns(observer),
                SETTINGS,
                () -> Instant.now().plus(ahead.get()));
    }
}
