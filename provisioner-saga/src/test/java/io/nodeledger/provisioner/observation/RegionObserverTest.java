package io.nodeledger.provisioner.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A simulated cluster over the wire, whose kubelets go silent and which is cut off. */
class RegionObserverTest {
    private static final String REGION = ObservedCluster.REGION;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObservationSettings SETTINGS = new ObservationSettings(Duration.ofMillis(100));

    private static ObservedCluster cluster;
    private static DataSource database;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final RegionTurns turns = turns("one");
    private final ObservationTable table = table(turns);
    private final RegionObserver observer = observer(turns);

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new ObservedCluster(folder);
        database = ProvisionerSchema.newDatabase().keptConnections();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void nobodyObserves() {
        turns.releaseAll();
    }

    @Test
    void a_node_that_joins_is_seen_with_its_heartbeats_until_its_kubelet_goes_silent() throws Exception {
        // given
        var node = joined();
        Instant first = heartbeat(node);

        // when
        looksUntil(() -> heartbeat(node).isAfter(first));
        cluster.simulated.silence(node.kubernetesName());

        // then
        looksUntil(() -> !observation(node).node().ready());
        Instant last = heartbeat(node);
        Instant observed = observedAt();
        looksUntil(() -> observedAt().isAfter(observed.plusSeconds(2)));
        assertThat(heartbeat(node))
                .as("the cluster tells on, the kubelet does not")
                .isEqualTo(last);
        assertThat(observation(node).node().conditions()).contains("\"type\":\"Ready\",\"status\":\"Unknown\"");
    }

    @Test
    void a_node_that_is_deleted_is_forgotten() throws Exception {
        var node = joined();

        cluster.region().client().nodes().withName(node.kubernetesName()).delete();

        looksUntil(() -> !table.read(REGION).nodes().containsKey(node.nodeId()));
    }

    /** Neither does what was seen before look fresh meanwhile, nor does the watch have to be the old one afterwards. */
    @Test
    void a_cluster_that_is_cut_off_is_not_observed_until_it_answers_again() throws Exception {
        // given
        var node = joined();

        // when
        cluster.simulated.cutOff();
        Instant last = quiet();

        // then
        ahead.set(SETTINGS.silence().plusSeconds(1));
        assertThat(tried()).isFalse();
        assertThat(observedAt()).isEqualTo(last);

        // when
        cluster.simulated.reconnect();

        // then
        looksUntil(() -> observedAt().isAfter(last.plus(SETTINGS.silence())));
        Instant after = heartbeat(node);
        looksUntil(() -> heartbeat(node).isAfter(after));
    }

    @Test
    void another_instance_goes_on_where_one_has_ended() throws Exception {
        var node = joined();
        Instant last = observedAt();
        var othersTurns = turns("other");
        var other = observer(othersTurns);
        other.look();
        assertThat(observedAt()).as("not its turn").isEqualTo(last);
        Instant booted = observation(node).bootedAt();

        turns.release();

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            other.look();
            return observedAt().isAfter(last);
        });
        observer.look();
        assertThat(observation(node).bootedAt()).isEqualTo(booted);
        othersTurns.release();
    }

    private NodeFacts joined() throws InterruptedException {
        var facts = cluster.boot();
        looksUntil(() -> {
            var seen = table.read(REGION).nodes().get(facts.nodeId());
            return seen != null && seen.node().ready() && seen.heartbeat() != null;
        });
        return facts;
    }

    /** Looks until nothing that was under way is heard any more. */
    private Instant quiet() throws InterruptedException {
        Instant last = observedAt();
        for (int silent = 0; silent < 20; silent++) {
            Thread.sleep(50);
            tried();
            if (!observedAt().equals(last)) {
                last = observedAt();
                silent = 0;
            }
        }
        return last;
    }

    private boolean tried() {
        try {
            observer.look();
            return true;
        } catch (KubernetesClientException silent) {
            return false;
        }
    }

    private interface Condition {
        boolean holds();
    }

    private void looksUntil(Condition condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            tried();
            return condition.holds();
        });
    }

    private Observation observation(NodeFacts node) {
        return Objects.requireNonNull(table.read(REGION).nodes().get(node.nodeId()));
    }

    private Instant heartbeat(NodeFacts node) {
        return Objects.requireNonNull(observation(node).heartbeat()).seenAt();
    }

    private Instant observedAt() {
        return Objects.requireNonNull(table.read(REGION).observedAt());
    }

    private RegionObserver observer(RegionTurns own) {
        return new RegionObserver(
                cluster.region(), table(own), own, SETTINGS, () -> Instant.now().plus(ahead.get()), Map::of);
    }

    private static RegionTurns turns(String holder) {
        return new RegionTurns(JdbcClient.create(database), "observation", holder);
    }

    private static ObservationTable table(RegionTurns turns) {
        return new ObservationTable(
                JdbcClient.create(database), new TransactionTemplate(new JdbcTransactionManager(database)), turns);
    }
}
