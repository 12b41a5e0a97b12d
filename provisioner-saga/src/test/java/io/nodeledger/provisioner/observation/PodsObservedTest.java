package io.nodeledger.provisioner.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pods that come to a node of a simulated cluster and end there, while everything can be heard and while it can't. */
class PodsObservedTest {
    private static final String REGION = ObservedCluster.REGION;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObservationSettings SETTINGS = new ObservationSettings(Duration.ofMillis(100));

    private static ObservedCluster cluster;
    private static JdbcClient jdbc;
    private static RegionTurns turns;
    private static ObservationTable table;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private RegionObserver observer;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new ObservedCluster(folder);
        var database = ProvisionerSchema.newDatabase().keptConnections();
        jdbc = JdbcClient.create(database);
        turns = new RegionTurns(jdbc, "observation", "one");
        table = new ObservationTable(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), turns);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void nobodyObserves() {
        turns.releaseAll();
        observer = new RegionObserver(
                cluster.region(), table, turns, SETTINGS, () -> Instant.now().plus(ahead.get()), Map::of);
    }

    @Test
    void a_pod_counts_from_when_the_node_holds_it_until_it_has_ended() throws Exception {
        // given
        var node = joined();
        var before = workload(node);

        // when
        run(node, "web", "250m", "64Mi");

        // then
        looksUntil(() -> workload(node).applications().contains("\"web\""));
        var with = workload(node);
        assertThat(with.pods()).isEqualTo(before.pods() + 1);
        assertThat(with.requestedCpu()).isEqualTo(before.requestedCpu() + 250);
        assertThat(with.requestedMemory()).isEqualTo(before.requestedMemory() + (64 << 20));
        assertThat(with.applications()).isEqualTo("[{\"id\":\"default/web\",\"name\":\"web\",\"pods\":1}]");
        assertThat(with.allocatable()).contains("\"cpu\":\"3800m\"", "\"pods\":\"110\"");

        // when
        cluster.region()
                .client()
                .pods()
                .inNamespace("default")
                .withName("web")
                .withGracePeriod(0)
                .delete();

        // then
        looksUntil(() -> workload(node).pods() == before.pods());
        assertThat(workload(node).requestedCpu()).isEqualTo(before.requestedCpu());
        assertThat(workload(node).applications()).isEqualTo("[]");
    }

    /** What can't be heard grows old; it does not look as if it were so now, and nothing else stands still for it. */
    @Test
    void pods_whose_watch_is_cut_off_grow_old_alone_until_it_is_begun_anew() throws Exception {
        // given
        var node = joined();
        int before = workload(node).pods();
        cluster.simulated.cutOffPods();
        Instant lastHeard = quiet();

        // when
        run(node, "late", "100m", "1Mi");
        Instant observed = observedAt();
        looksUntil(() -> observedAt().isAfter(observed.plusSeconds(1)));

        // then
        assertThat(workload(node).pods()).isEqualTo(before);
        assertThat(podsObservedAt()).isEqualTo(lastHeard);

        // when
        awaitRenewedLeases();
        ahead.set(Duration.ofSeconds(125));
        Instant beforeTheProbe = observedAt();

        // then
        assertThatThrownBy(observer::look).isInstanceOf(KubernetesClientException.class);
        assertThat(observedAt()).isAfter(beforeTheProbe.plusSeconds(100));
        assertThat(podsObservedAt()).isEqualTo(lastHeard);

        // when
        cluster.simulated.reconnect();

        // then
        looksUntil(() -> workload(node).pods() == before + 1);
        assertThat(podsObservedAt()).isAfter(lastHeard.plusSeconds(100));
    }

    private NodeFacts joined() throws InterruptedException {
        var facts = cluster.boot();
        int daemons = cluster.region()
                .client()
                .apps()
                .daemonSets()
                .inAnyNamespace()
                .list()
                .getItems()
                .size();
        looksUntil(() -> {
            var seen = table.read(REGION).nodes().get(facts.nodeId());
            return seen != null
                    && seen.node().ready()
                    && seen.workload() != null
                    && seen.workload().pods() == daemons;
        });
        return facts;
    }

    private static void run(NodeFacts node, String name, String cpu, String memory) {
        cluster.region()
                .client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node.kubernetesName())
                        .addNewContainer()
                        .withName("main")
                        .withImage("web")
                        .withNewResources()
                        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** Looks until nothing of pods that was under way is heard any more. */
    private Instant quiet() throws InterruptedException {
        Instant last = podsObservedAt();
        for (int silent = 0; silent < 20; silent++) {
            Thread.sleep(50);
            observer.look();
            if (!podsObservedAt().equals(last)) {
                last = podsObservedAt();
                silent = 0;
            }
        }
        return last;
    }

    /** Waits until the next look hears of leases, so that only those that it hears nothing of look silent to it. */
    private static void awaitRenewedLeases() {
        var heard = cluster.region().leases().seen().orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> !cluster.region().leases().seen().orElseThrow().isSilentSince(heard));
    }

    private void looksUntil(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            observer.look();
            return condition.call();
        });
    }

    private static Workload workload(NodeFacts node) {
        return Objects.requireNonNull(
                Objects.requireNonNull(table.read(REGION).nodes().get(node.nodeId()))
                        .workload());
    }

    private static Instant observedAt() {
        return time("observed_at");
    }

    private static Instant podsObservedAt() {
        return time("pods_observed_at");
    }

    private static Instant time(String column) {
        return jdbc.sql("select " + column + " from provisioner.observed_cluster")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
