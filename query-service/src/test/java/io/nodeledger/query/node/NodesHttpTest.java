package io.nodeledger.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.QueryServer.Answer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final PlanTerms SMALL = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));

    private static QueryServer server;

    @BeforeAll
    static void given_a_workspace_with_nodes_in_every_state() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(node(1, "api-1").provision().succeed());
        server.append(node(2, "api-2").provision("us-east-1", SMALL).succeed());
        server.append(node(3, "db_50").provision().failed(Step.CLONE).provisioningFailed(Step.CLONE));
        server.append(node(4, "web-1").provision());
        server.append(node(5, "web-2").provision().succeed().delete(NodeStatus.RUNNING));
        server.append(node(6, "old-1")
                .provision()
                .succeed()
                .later(Duration.ofHours(1))
                .delete(NodeStatus.RUNNING)
                .gone());
        server.append(Workspaces.registered("ws-empty"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static History node(int number, String name) {
        return new History(
                "node-" + number,
                "ws-123",
                name,
                Instant.parse("2024-01-20T10:00:00Z").plusSeconds(60L * number));
    }

    @Test
    void a_list_shows_the_documented_fields_of_live_nodes_newest_first() {
        var answer = server.get(NODES);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(ids(answer)).containsExactly("node-5", "node-4", "node-3", "node-2", "node-1");
        assertThat(answer.body().at("/pagination").toString())
                .isEqualTo("{\"page\":1,\"per_page\":20,\"total\":5,\"pages\":1}");
        var first = answer.data().get(4);
        assertThat(first.propertyNames())
                .contains(
                        "id",
                        "name",
                        "workspace_id",
                        "plan_id",
                        "status",
                        "provider",
                        "region",
                        "created_at",
                        "specs",
                        "usage",
                        "cost");
        assertThat(first.get("usage").isNull()).isTrue();
        assertThat(first.at("/created_at").asString()).isEqualTo("2024-01-20T10:01:00Z");
        assertThat(first.get("specs").toString()).isEqualTo("{\"cpu_cores\":4,\"memory_gb\":8,\"storage_gb\":100}");
        assertThat(answer.raw().body()).contains("\"hourly_rate\":0.12,\"monthly_estimate\":86.40");
    }

    @ParameterizedTest
    @CsvSource({
        "status=running, 'node-2,node-1'",
        "'status=running,error', 'node-3,node-2,node-1'",
        "status=stopped, ''",
        "plan_id=plan-dedicated-2c4g, node-2",
        "region=us-east-1, node-2",
        "region=eu-west-1, ''",
        "search=API, 'node-2,node-1'",
        "search=b_5, node-3",
        "search=%25, ''",
        "search=_, node-3",
        "'search=web&status=deleting', node-5",
        "'region=us-west-2&status=running&plan_id=plan-dedicated-4c8g', node-1",
        "include_deleted=true, 'node-6,node-5,node-4,node-3,node-2,node-1'",
        "'include_deleted=true&status=deleted', node-6",
        "include_deleted=false, 'node-5,node-4,node-3,node-2,node-1'",
        "sort=name, 'node-1,node-2,node-3,node-4,node-5'",
        "sort=-name, 'node-5,node-4,node-3,node-2,node-1'",
        "sort=created_at, 'node-1,node-2,node-3,node-4,node-5'",
        "sort=region, 'node-2,node-1,node-3,node-4,node-5'",
        "sort=status, 'node-5,node-3,node-4,node-1,node-2'",
        "sort=-updated_at, 'node-5,node-4,node-3,node-2,node-1'",
    })
    void a_list_can_be_filtered_and_sorted_and_its_total_agrees(String query, String expected) {
        var answer = server.get(NODES + "?" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(String.join(",", ids(answer))).isEqualTo(expected);
        assertThat(answer.body().at("/pagination/total").asInt())
                .isEqualTo(answer.data().size());
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, page",
        "page=x, page",
        "page=, page",
        "per_page=0, per_page",
        "per_page=-1, per_page",
        "status=bogus, status",
        "'status=running,', status",
        "status=deleted, status",
        "status=, status",
        "plan_id=, plan_id",
        "region=, region",
        "search=, search",
        "sort=price, sort",
        "sort=--name, sort",
        "include_deleted=maybe, include_deleted",
    })
    void a_bad_parameter_is_named(String query, String field) {
        var answer = server.get(NODES + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.body().at("/error/details/fields/0/field").asString()).isEqualTo(field);
    }

    @Test
    void every_bad_parameter_is_named_at_once() {
        var answer = server.get(NODES + "?page=0&per_page=0&sort=x");

        assertThat(answer.body().at("/error/details/fields").size()).isEqualTo(3);
    }

    @Test
    void pages_link_to_each_other() {
        var second = server.get(NODES + "?page=2&per_page=2&sort=name");

        assertThat(ids(second)).containsExactly("node-3", "node-4");
        assertThat(second.body().at("/pagination/pages").asInt()).isEqualTo(3);
        assertThat(second.header("Link")).contains("rel=\"first\"", "rel=\"prev\"", "rel=\"next\"", "rel=\"last\"");
        assertThat(ids(server.get(NODES + "?page=3&per_page=2&sort=name"))).containsExactly("node-5");
        assertThat(ids(server.get(NODES + "?page=9&per_page=2"))).isEmpty();
    }

    @Test
    void more_than_a_hundred_per_page_becomes_a_hundred() {
        assertThat(server.get(NODES + "?per_page=1000")
                        .body()
                        .at("/pagination/per_page")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void a_workspace_without_nodes_has_an_empty_list_and_an_unknown_one_is_not_found() {
        assertThat(server.get("/api/v1/workspaces/ws-empty/nodes").data().size())
                .isZero();

        var unknown = server.get("/api/v1/workspaces/ws-unknown/nodes");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().at("/error/details/resource_type").asString()).isEqualTo("workspace");
    }

    @Test
    void another_workspaces_nodes_are_not_found() {
        var stranger = server.token("ws-empty", "admin");

        assertThat(server.get(NODES, stranger).status()).isEqualTo(404);
        assertThat(server.get("/api/v1/workspaces/ws-empty/nodes/node-1", stranger)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_node_shows_the_documented_fields() {
        var answer = server.get(NODES + "/node-1");

        assertThat(answer.status()).isEqualTo(200);
        var node = answer.data();
        assertThat(node.get("specs").toString())
                .isEqualTo("{\"cpu_cores\":4,\"memory_gb\":8,\"storage_gb\":100,\"network_speed\":\"1Gbps\","
                        + "\"architecture\":\"x86_64\"}");
        assertThat(node.has("usage")).isTrue();
        assertThat(node.get("usage").isNull()).isTrue();
        var kubernetes = node.get("kubernetes");
        assertThat(kubernetes.get("node_name").asString()).isEqualTo("node-1-k8s");
        assertThat(kubernetes.get("ready").asBoolean()).isTrue();
        assertThat(kubernetes.get("schedulable").asBoolean()).isTrue();
        assertThat(kubernetes.get("taints").toString())
                .isEqualTo("[{\"key\":\"dedicated\",\"value\":\"backend\",\"effect\":\"NoSchedule\"}]");
        assertThat(kubernetes.get("labels").toString())
                .isEqualTo("{\"node-type\":\"dedicated\",\"workspace\":\"ws-123\",\"environment\":\"production\"}");
        assertThat(kubernetes.get("allocatable").toString())
                .isEqualTo("{\"cpu\":\"3.8\",\"memory\":\"7.5Gi\",\"pods\":\"110\"}");
        assertThat(kubernetes.get("capacity").toString())
                .isEqualTo("{\"cpu\":\"4\",\"memory\":\"8Gi\",\"pods\":\"110\"}");
        assertThat(node.get("network").toString())
                .isEqualTo("{\"private_ip\":\"10.0.1.100\",\"public_ip\":\"203.0.113.100\","
                        + "\"hostname\":\"node-1.internal\"}");
        assertThat(node.at("/cost/current_month_cost").isNumber()).isTrue();
        assertThat(answer.raw().body()).contains("\"monthly_estimate\":86.40");
        assertThat(answer.header("ETag")).matches("\".+\"");
    }

    @Test
    void a_node_in_the_making_has_no_addresses_and_no_quantities() {
        var node = server.get(NODES + "/node-4").data();

        assertThat(node.get("status").asString()).isEqualTo("provisioning");
        assertThat(node.get("network").toString()).isEqualTo("{\"hostname\":\"node-4.internal\"}");
        assertThat(node.get("kubernetes").has("capacity")).isFalse();
        assertThat(node.at("/kubernetes/ready").asBoolean()).isFalse();
    }

    @Test
    void a_deleted_node_is_not_found_but_was_known_earlier() {
        assertThat(server.get(NODES + "/node-6").status()).isEqualTo(404);
        assertThat(server.get(NODES + "/node-none").body().at("/error/code").asString())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(server.get(NODES + "/node-1?at=2024-01-01T00:00:00Z").status())
                .isEqualTo(404);
        assertThat(server.get(NODES + "/node-1?at=2124-01-01T00:00:00Z").status())
                .isEqualTo(200);
        assertThat(server.get(NODES + "/node-1?at=yesterday").status()).isEqualTo(400);
    }

    @Test
    void a_read_waits_for_the_write_that_it_names_and_gives_up_in_time() {
        var admin = server.token("ws-late", "admin");
        var path = "/api/v1/workspaces/ws-late/nodes/node-7";
        var history = new History("node-7", "ws-late", "late-1", Instant.parse("2024-01-20T10:00:00Z"));
        var written = server.appendUnseen(history.provision().events(), Map.of());

        assertThat(server.get(path, admin, "X-Min-Event-Position", written).status())
                .isEqualTo(200);
        assertThat(server.get(path, admin, "X-Min-Event-Position", "garbage").status())
                .isEqualTo(400);

        var never = server.get(path, admin, "X-Min-Event-Position", new EventPosition("node-7", 99).encode());
        assertThat(never.status()).isEqualTo(503);
        assertThat(never.body().at("/error/code").asString()).isEqualTo("SYSTEM_SERVICE_UNAVAILABLE");
        assertThat(never.header("Retry-After")).isNotEmpty();
    }

    private static List<String> ids(Answer answer) {
        return answer.data()
                .valueStream()
                .map(node -> node.get("id").asString())
                .toList();
    }
}
