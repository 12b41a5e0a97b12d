package io.nodeledger.provisioner.observation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.SimulatedCluster;
import io.nodeledger.provisioner.kubernetes.join.BootstrapTokens;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private static final String REGION = "us-west-2";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EventSettings SETTINGS = new EventSettings(Duration.ofDays(7));
    private static int machines = 100;

    private static SimulatedCluster cluster;
    private static EventDatabase database;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final RegionEvents one = events("one");

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new SimulatedCluster(folder);
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
        var node = joined();
        looksUntil(one, () -> count(node, "NodeReady") == 1);

        // when
        cluster.silence(node.kubernetesName());

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
        var told = tell("node-counted", "counted", 2);
        looksUntil(one, () -> database.count("node-counted", "Counted") == 2);

        // when
        update(told, 5);

        // then
        looksUntil(one, () -> database.count("node-counted", "Counted") == 5);
    }

    @Test
    void another_instance_goes_on_where_one_has_ended_and_counts_nothing_twice() {
        // given
        var told = tell("node-taken", "taken", 3);
        looksUntil(one, () -> database.count("node-taken", "Counted") == 3);
        var other = events("other");
        other.look();

        // when
        database.take(REGION, "other");
        update(told, 4);
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
        var told = tell("node-cut", "cut", 1);
        looksUntil(one, () -> database.count("node-cut", "Counted") == 1);

        // when
        cluster.cutOff();
        ahead.set(Duration.ofMinutes(31));
        assertThat(tried(one)).isFalse();
        cluster.reconnect();
        update(told, 2);

        // then
        looksUntil(one, () -> database.count("node-cut", "Counted") == 2);
    }

    @Test
    void when_the_heartbeats_had_to_be_watched_anew_so_are_the_events() {
        // given
        tell("node-heart", "heart", 1);
        looksUntil(one, () -> database.count("node-heart", "Counted") == 1);
        database.empty();
        database.take(REGION, "one");
        one.look();
        assertThat(database.count("node-heart", "Counted"))
                .as("nothing is told again by the same watch")
                .isZero();

        // when
        region().leases().seen();

        // then
        one.look();
        assertThat(database.count("node-heart", "Counted")).isEqualTo(1);
    }

    @Test
    void what_could_not_be_written_is_written_when_the_database_is_back() {
        // given
        var down = new AtomicBoolean();
        var events =
                new RegionEvents(region(), database.table("one", down), database.turn("one"), SETTINGS, Instant::now);
        var told = tell("node-down", "down", 1);
        looksUntil(events, () -> database.count("node-down", "Counted") == 1);

        // when
        down.set(true);
        update(told, 2);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatThrownBy(events::look).isInstanceOf(CannotCreateTransactionException.class));
        down.set(false);

        // then
        events.look();
        assertThat(database.count("node-down", "Counted")).isEqualTo(2);
        events.close();
    }

    private NodeFacts joined() throws InterruptedException {
        var facts = ANode.inRegion(REGION).on(machines++).provisioning();
        cluster.boot(
                facts,
                new KubeadmJoinSeeds(cluster.regions(), new BootstrapTokens(Clock.systemUTC()))
                        .userDataFor(facts, () -> {}));
        return facts;
    }

    /** An event of a node that need not be there, told by the cluster as often. */
    private static Event tell(String nodeId, String name, int count) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = AnEvent.ofKubelet(nodeId, name)
                .editMetadata()
                .withUid(null)
                .withCreationTimestamp(null)
                .endMetadata()
                .withReason("Counted")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(count)
                .build();
        return region().client()
                .v1()
                .events()
                .inNamespace("default")
                .resource(event)
                .create();
    }

    private static void update(Event told, int count) {
        region().client()
                .v1()
                .events()
                .inNamespace("default")
                .withName(told.getMetadata().getName())
                .edit(event -> {
                    event.setCount(count);
                    return event;
                });
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
                region(),
                database.table(observer),
                database.turn(observer),
                SETTINGS,
                () -> Instant.now().plus(ahead.get()));
    }

    private static KubernetesRegion region() {
        return cluster.regions().of(REGION);
    }
}
