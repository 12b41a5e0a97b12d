package io.nodeledger.provisioner.observation;

import static io.nodeledger.provisioner.observation.ObservedObjects.NOON;
import static io.nodeledger.provisioner.observation.ObservedObjects.lease;
import static io.nodeledger.provisioner.observation.ObservedObjects.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.kubernetes.pod.Application;
import io.nodeledger.provisioner.kubernetes.pod.PlacedPod;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ObservationTableTest {
    private static final DataSource DATABASE = ProvisionerSchema.newDatabase().keptConnections();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);
    private static final Duration TURN = Duration.ofSeconds(20);
    private static final int MANY = 10_000;

    private final RegionTurns turns = turns("one");
    private final RegionTurns othersTurns = turns("other");
    private final ObservationTable table = table(turns);
    private final ObservationTable other = table(othersTurns);

    @BeforeEach
    void empty() {
        JDBC.sql("""
                        truncate provisioner.region_turn, provisioner.observed_cluster, provisioner.kubernetes_node,
                                 provisioner.kubernetes_heartbeat, provisioner.kubernetes_workload""").update();
    }

    @Test
    void what_is_written_is_read_again_by_whoever_takes_over() {
        var seen = seen(2, NOON, NOON);
        turns.claim("r", TURN);
        assertThat(table.write("r", Map.of(), seen, NOON, NOON)).isTrue();

        var read = other.read("r");

        assertThat(read.nodes()).isEqualTo(seen);
        assertThat(read.observedAt()).isEqualTo(NOON);
        assertThat(other.read("elsewhere").nodes()).isEmpty();
    }

    @Test
    void an_instance_that_was_overtaken_writes_nothing() {
        turns.claim("r", Duration.ZERO);
        othersTurns.claim("r", TURN);
        other.write("r", Map.of(), seen(1, NOON, NOON), NOON, NOON);

        assertThat(table.write("r", Map.of(), seen(2, NOON, NOON), NOON.plusSeconds(60), NOON))
                .isFalse();
        assertThat(other.read("r").nodes()).hasSize(1);
        assertThat(other.read("r").observedAt()).isEqualTo(NOON);
    }

    @Test
    void a_node_that_is_gone_is_forgotten_with_its_heartbeat_and_what_it_held() {
        turns.claim("r", TURN);
        var two = seen(2, NOON, NOON);
        table.write("r", Map.of(), two, NOON, NOON);

        table.write("r", two, seen(1, NOON, NOON), NOON.plusSeconds(5), NOON);

        assertThat(table.read("r").nodes()).containsOnlyKeys("node-0");
        assertThat(count("kubernetes_heartbeat")).isEqualTo(1);
        assertThat(count("kubernetes_workload")).isEqualTo(1);
    }

    @Test
    void of_ten_thousand_nodes_only_what_has_changed_is_written() {
        turns.claim("r", TURN);
        var before = seen(MANY, NOON, NOON);
        table.write("r", Map.of(), before, NOON, NOON);
        String described = writers("kubernetes_node");
        String held = writers("kubernetes_workload");

        var now = new Look(before, NOON, NOON.plusSeconds(5), Map::of)
                .at(
                        IntStream.range(0, MANY).mapToObj(n -> node(n, "a")).toList(),
                        IntStream.range(0, MANY)
                                .mapToObj(n -> lease(n, n % 2 == 0 ? NOON : NOON.plusSeconds(3)))
                                .toList(),
                        pods(MANY));
        table.write("r", before, now, NOON.plusSeconds(5), NOON.plusSeconds(5));

        assertThat(writers("kubernetes_node")).isEqualTo(described);
        assertThat(writers("kubernetes_workload")).isEqualTo(held);
        assertThat(JDBC.sql("select count(*) from provisioner.kubernetes_heartbeat where seen_at = ?::timestamptz")
                        .param(NOON.plusSeconds(3).toString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(MANY / 2);
        assertThat(JDBC.sql("select count(distinct xmin::text) from provisioner.kubernetes_heartbeat")
                        .query(Integer.class)
                        .single())
                .as("half of them are as they were written first")
                .isEqualTo(2);
        assertThat(table.read("r").nodes()).isEqualTo(now);
    }

    @Test
    void while_pods_are_not_known_the_time_for_which_they_were_stays() {
        turns.claim("r", TURN);
        table.write("r", Map.of(), seen(1, NOON, NOON), NOON, NOON);

        table.write("r", Map.of(), seen(1, NOON, NOON), NOON.plusSeconds(5), null);

        assertThat(JDBC.sql(
                                "select observed_at - pods_observed_at = interval '5 seconds' from provisioner.observed_cluster")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private static List<PlacedPod> pods(int nodes) {
        return IntStream.range(0, nodes)
                .mapToObj(n -> new PlacedPod("node-" + n + "-k8s", 250, n, 0, new Application("shop/web", "web")))
                .toList();
    }

    private static Map<String, Observation> seen(int nodes, Instant renewedAt, Instant now) {
        return new Look(Map.of(), null, now, Map::of)
                .at(
                        IntStream.range(0, nodes).mapToObj(n -> node(n, "a")).toList(),
                        IntStream.range(0, nodes)
                                .mapToObj(n -> lease(n, renewedAt))
                                .toList(),
                        pods(nodes));
    }

    /** Which transactions have touched the rows. */
    private static String writers(String table) {
        return JDBC.sql("select string_agg(distinct xmin::text || '/' || xmax::text, ',') from provisioner." + table)
                .query(String.class)
                .single();
    }

    private static int count(String table) {
        return JDBC.sql("select count(*) from provisioner." + table)
                .query(Integer.class)
                .single();
    }

    private static RegionTurns turns(String holder) {
        return new RegionTurns(JDBC, "observation", holder);
    }

    private static ObservationTable table(RegionTurns turns) {
        return new ObservationTable(JDBC, new TransactionTemplate(new JdbcTransactionManager(DATABASE)), turns);
    }
}
