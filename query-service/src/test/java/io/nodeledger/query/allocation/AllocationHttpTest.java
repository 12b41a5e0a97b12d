package io.nodeledger.query.allocation;

import static io.nodeledger.query.allocation.ObservedWorkspace.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.QueryServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether more work fits, as clients are told. */
class AllocationHttpTest {
    private static final String PATH = "/api/v1/workspaces/ws-123/nodes/check-allocation";
    private static final String TOLERATIONS =
            "\"tolerations\":[{\"key\":\"dedicated\",\"operator\":\"Equal\",\"value\":\"backend\",\"effect\":\"NoSchedule\"}]";
    private static final String DOCUMENTED = """
            {"resources": {"cpu": "2", "memory": "4Gi", "storage": "10Gi"},
             "node_selector": {"node-type": "dedicated"}, %s}""".formatted(TOLERATIONS);

    private static ObservedWorkspace workspace;
    private static ObservedClusters observed;

    @BeforeAll
    static void given_nodes_in_every_state() {
        workspace = new ObservedWorkspace(
                node(1).provision().succeed(),
                node(2).provision().succeed(),
                node(3).provision(),
                node(4).provision().failed(Step.CLONE).provisioningFailed(Step.CLONE),
                node(5).provision().succeed().foundOff(),
                node(6).provision().succeed().delete(NodeStatus.RUNNING),
                node(7).provision().succeed().delete(NodeStatus.RUNNING).gone());
        assertThat(check(DOCUMENTED).data().toString())
                .as("before the other service has ever started")
                .isEqualTo("{\"can_allocate\":false,\"available_nodes\":[],\"resource_summary\":"
                        + "{\"total_available_cpu\":\"0\",\"total_available_memory\":\"0Gi\","
                        + "\"total_available_storage\":\"0Gi\"},\"unobserved_nodes\":2}");
        workspace.observe();
        observed = workspace.observed;
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @BeforeEach
    void nothing_is_observed() {
        observed.clear();
    }

    @Test
    void the_documented_request_has_the_documented_answer() {
        observed.cluster(2, 30);
        observed.node("node-1", 600, 1, 7);
        observed.node("node-2", 1600, 2, 9);

        var answer = check(DOCUMENTED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().toString())
                .isEqualTo("{\"can_allocate\":true,\"available_nodes\":["
                        + "{\"node_id\":\"node-1\",\"name\":\"n1\",\"available_cpu\":\"3.2\",\"available_memory\":\"6.5Gi\","
                        + "\"available_storage\":\"90Gi\",\"allocation_score\":98},"
                        + "{\"node_id\":\"node-2\",\"name\":\"n2\",\"available_cpu\":\"2.2\",\"available_memory\":\"5.5Gi\","
                        + "\"available_storage\":\"90Gi\",\"allocation_score\":85}],"
                        + "\"resource_summary\":{\"total_available_cpu\":\"5.4\",\"total_available_memory\":\"12Gi\","
                        + "\"total_available_storage\":\"180Gi\"},\"unobserved_nodes\":0}");
    }

    @Test
    void what_fits_only_all_nodes_together_fits_nowhere() {
        observed.cluster(0, 0);
        observed.node("node-1", 1900, 0, 1);
        observed.node("node-2", 1900, 0, 1);

        var data = check("{\"resources\":{\"cpu\":\"3\"}," + TOLERATIONS + "}").data();

        assertThat(data.get("can_allocate").asBoolean()).isFalse();
        assertThat(data.get("available_nodes").isEmpty()).isTrue();
        assertThat(data.at("/resource_summary/total_available_cpu").asString()).isEqualTo("3.8");
    }

    @ParameterizedTest
    @CsvSource({
        "pods = 109, true",
        "pods = 110, false",
        "requested_cpu = 1800, true",
        "requested_cpu = 1801, false",
        "requested_memory = 3758096384, true",
        "requested_memory = 3758096385, false",
        "requested_storage = 85899345920, true",
        "requested_storage = 85899345921, false",
        "unschedulable = true, false",
        "'taints = ''[]''', true",
        "'taints = ''[{\"key\":\"dedicated\",\"value\":\"db\",\"effect\":\"NoSchedule\"}]''', false",
        "'taints = ''[{\"key\":\"dedicated\",\"value\":\"backend\",\"effect\":\"NoExecute\"}]''', false",
        "'taints = ''[{\"key\":\"other\",\"value\":\"\",\"effect\":\"PreferNoSchedule\"}]''', true",
        "'labels = ''{\"node-type\":\"shared\"}''', false",
        "'labels = ''{}''', false",
        "'allocatable = ''{\"cpu\":\"4\",\"memory\":\"8Gi\",\"pods\":\"110\"}''', false",
        "'allocatable = ''{}''', false",
    })
    void each_of_the_schedulers_filters_decides(String change, boolean fits) {
        observed.cluster(0, 0);
        observed.node("node-1", 600, 1, 7);
        observed.set("kubernetes_workload", change);

        assertThat(check(DOCUMENTED).data().get("can_allocate").asBoolean()).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "'{\"key\":\"dedicated\",\"operator\":\"Exists\"}', true",
        "'{\"operator\":\"Exists\"}', true",
        "'{\"operator\":\"Exists\",\"effect\":\"\",\"key\":\"\",\"value\":\"\"}', true",
        "'{\"operator\":\"Exists\",\"effect\":\"NoExecute\"}', false",
        "'{\"key\":\"dedicated\",\"value\":\"backend\"}', true",
        "'{\"key\":\"dedicated\"}', false",
        "'{\"key\":\"dedicated\",\"value\":\"db\"}', false",
    })
    void tolerations_are_read_as_kubernetes_reads_them(String toleration, boolean tolerated) {
        observed.cluster(0, 0);
        observed.node("node-1", 600, 1, 7);

        var data =
                check("{\"resources\":{},\"tolerations\":[" + toleration + "]}").data();

        assertThat(data.get("can_allocate").asBoolean()).isEqualTo(tolerated);
    }

    @Test
    void a_cordon_is_a_taint_that_can_be_tolerated() {
        observed.cluster(0, 0);
        observed.node("node-1", 600, 1, 7);
        observed.set("kubernetes_workload", "unschedulable = true");

        var data = check("""
            {"resources": {"cpu": "1"}, "tolerations": [{"key": "dedicated", "operator": "Exists"},
             {"key": "node.kubernetes.io/unschedulable", "operator": "Exists", "effect": "NoSchedule"}]}""").data();

        assertThat(data.get("can_allocate").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes_node, ready = false, 1",
        "kubernetes_heartbeat, seen_at = now() - interval '45 seconds', 1",
        "kubernetes_heartbeat, seen_at = null, 2",
        "observed_cluster, observed_at = now() - interval '62 seconds', 2",
        "observed_cluster, observed_at = null, 2",
        "observed_cluster, pods_observed_at = now() - interval '182 seconds', 2",
        "observed_cluster, pods_observed_at = null, 2",
    })
    void what_is_not_known_to_be_ready_is_no_room(String table, String change, int unobserved) {
        observed.cluster(0, 0);
        observed.node("node-1", 600, 1, 7);
        observed.set(table, change);

        var data = check(DOCUMENTED).data();

        assertThat(data.get("can_allocate").asBoolean()).isFalse();
        assertThat(data.at("/resource_summary/total_available_cpu").asString()).isEqualTo("0");
        assertThat(data.get("unobserved_nodes").asInt())
                .as("node-2 was never observed")
                .isEqualTo(unobserved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-3", "node-4", "node-5", "node-6", "node-7"})
    void a_node_that_is_not_running_is_no_room_whatever_its_cluster_says(String id) {
        observed.cluster(0, 0);
        observed.node(id, 0, 0, 0);

        assertThat(check(DOCUMENTED).data().get("can_allocate").asBoolean()).isFalse();
    }

    private static Answer check(String json) {
        return workspace.server.post(PATH, workspace.server.token("ws-123", "admin"), json);
    }
}
