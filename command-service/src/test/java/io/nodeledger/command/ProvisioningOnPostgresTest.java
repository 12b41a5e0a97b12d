package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.details;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The write door as it runs: the application, its model and its event store, seen from outside. */
class ProvisioningOnPostgresTest {
    /** The body of the contract's "Provision Dedicated Node". */
    private static final String CONTRACT_BODY = """
            {"name": "prod-node-1", "plan_id": "plan-dedicated-4c8g", "region": "us-west-2",
             "labels": {"environment": "production", "team": "backend"},
             "taints": [{"key": "dedicated", "value": "backend", "effect": "NoSchedule"}],
             "auto_scaling": {"enabled": false}}""";

    private static RunningWriteDoor door;
    private static ApiCaller operator;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
        operator = door.operator();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void the_contracts_wish_begins_a_node() throws Exception {
        var admin = door.admin(workspace("ws-begin", "enterprise", "100"));

        var answer = admin.post(nodes("ws-begin"), CONTRACT_BODY);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var node = data(answer);
        String id = node.get("id").stringValue();
        String task = node.get("provisioning_task_id").stringValue();
        assertThat(String.join(" ", node.propertyNames()))
                .isEqualTo("id name workspace_id plan_id status provider region created_at provisioning_task_id"
                        + " estimated_ready_time");
        assertThat(node.get("status").stringValue()).isEqualTo("provisioning");
        assertThat(answer.headers().firstValue("Operation-Location"))
                .contains(nodes("ws-begin") + "/operations/" + task);
        assertThat(answer.headers().firstValue("Location")).contains(nodes("ws-begin") + "/" + id);
        assertThat(answer.headers().map()).containsKeys("retry-after", "x-event-position");
        assertThat(door.eventsOf("workspace:ws-begin"))
                .containsExactly("WorkspaceRegistered", "CreditsGranted", "NodeAdmitted");
        assertThat(door.eventsOf(id)).containsExactly("NodeProvisioningStarted");
        assertThat(door.transactionsOf("workspace:ws-begin", 2, id, 0)).isEqualTo(1);
        assertThat(door.metadataOf(id))
                .containsEntry("actor", "admin-of-ws-begin")
                .containsEntry("actor_type", "user")
                .containsEntry("actor_role", "admin")
                .containsEntry("workspace", "ws-begin")
                .containsEntry("request_id", "request-of-a-test")
                .containsEntry("source_address", "127.0.0.1")
                .containsEntry("cause_command", "ProvisionNode");
    }

    @Test
    void too_few_credits_are_a_402_with_the_contracts_details() throws Exception {
        var admin = door.admin(workspace("ws-poor", "pro", "25.30"));

        var answer = refused(() -> admin.post(nodes("ws-poor"), CONTRACT_BODY));

        assertThat(code(answer)).isEqualTo("402 INSUFFICIENT_CREDITS");
        assertThat(answer.body())
                .contains("\"details\":{\"required_credits\":86.40,\"available_credits\":25.30,"
                        + "\"missing_credits\":61.10}");
    }

    @Test
    void a_node_more_than_the_plan_allows_is_a_409_however_many_ask_at_once() throws Exception {
        var admin = door.admin(workspace("ws-full", "pro", "10000"));

        var answers = new ArrayList<HttpResponse<String>>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 12; i++) {
                String body = body("node-no-" + i, "us-west-2");
                asked.add(crowd.submit(() -> admin.post(nodes("ws-full"), body)));
            }
            for (var each : asked) {
                answers.add(each.get());
            }
        }

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                .hasSize(5);
        var late = refused(() -> admin.post(nodes("ws-full"), CONTRACT_BODY));
        assertThat(code(late)).isEqualTo("409 NODE_LIMIT_EXCEEDED");
        assertThat(details(late).toString()).isEqualTo("{\"current_nodes\":5,\"max_nodes\":5,\"plan\":\"pro\"}");
        assertThat(door.eventsOf("workspace:ws-full"))
                .filteredOn("NodeAdmitted"::equals)
                .hasSize(5);
    }

    @Test
    void a_taken_name_is_a_409_until_its_node_is_gone() throws Exception {
        var admin = door.admin(workspace("ws-name", "pro", "10000"));
        assertThat(admin.post(nodes("ws-name"), CONTRACT_BODY).statusCode()).isEqualTo(202);

        var answer = refused(() -> admin.post(nodes("ws-name"), CONTRACT_BODY));

        assertThat(code(answer)).isEqualTo("409 NODE_NAME_TAKEN");
        assertThat(details(answer).toString()).isEqualTo("{\"name\":\"prod-node-1\"}");
    }

    @Test
    void a_full_region_is_a_422_for_what_fits_on_no_host_and_takes_what_does() throws Exception {
        var admin = door.admin(workspace("ws-tight", "pro", "10000"));
        door.hostWithRoom("eu-west-1", "a", 4, 8, 100);
        door.hostWithRoom("eu-west-1", "b", 4, 8, 100);
        String large = "{\"name\":\"large\",\"plan_id\":\"plan-dedicated-8c16g\",\"region\":\"eu-west-1\"}";
        await().until(() -> door.knowsToBeFull("eu-west-1", "plan-dedicated-8c16g"));
        Instant asked = Instant.now();

        var answer = refused(() -> admin.post(nodes("ws-tight"), large));

        assertThat(code(answer)).isEqualTo("422 INSUFFICIENT_CAPACITY");
        assertThat(details(answer).propertyNames()).containsExactly("region", "plan", "estimated_availability");
        assertThat(details(answer).get("region").stringValue()).isEqualTo("eu-west-1");
        assertThat(details(answer).get("plan").stringValue()).isEqualTo("plan-dedicated-8c16g");
        assertThat(Instant.parse(details(answer).get("estimated_availability").stringValue()))
                .isBetween(asked.plus(Duration.ofMinutes(14)), asked.plus(Duration.ofMinutes(16)));
        assertThat(admin.post(nodes("ws-tight"), body("medium", "eu-west-1")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void nobody_but_the_workspaces_admin_begins_a_node() throws Exception {
        workspace("ws-mine", "pro", "10000");

        assertThat(code(refused(() -> door.caller("ws-mine", "viewer").post(nodes("ws-mine"), CONTRACT_BODY))))
                .isEqualTo("403 AUTH_PERMISSION_DENIED");
        assertThat(code(refused(() -> door.admin("ws-other").post(nodes("ws-mine"), CONTRACT_BODY))))
                .isEqualTo("404 RESOURCE_NOT_FOUND");
        assertThat(code(refused(() -> operator.post(nodes("ws-nowhere"), CONTRACT_BODY))))
                .isEqualTo("404 RESOURCE_NOT_FOUND");
        assertThat(fields(refused(() -> operator.post(nodes("ws-mine"), "{\"name\":\"x\"}"))))
                .containsExactly("name too_short", "plan_id required");
    }

    @Test
    void a_suspended_workspace_gets_no_node() throws Exception {
        var admin = door.admin(workspace("ws-halted", "pro", "10000"));
        operator.put(admin("ws-halted"), "{\"plan\":\"pro\",\"region\":\"us-west-2\",\"suspended\":true}");

        assertThat(code(refused(() -> admin.post(nodes("ws-halted"), CONTRACT_BODY))))
                .isEqualTo("403 WORKSPACE_SUSPENDED");
    }

    @Test
    void a_deletion_is_one_task_however_often_it_is_asked_for() throws Exception {
        var admin = door.admin(workspace("ws-gone", "pro", "10000"));
        String id = data(admin.post(nodes("ws-gone"), CONTRACT_BODY)).get("id").stringValue();

        var first = admin.delete(nodes("ws-gone") + "/" + id);
        var again = admin.delete(nodes("ws-gone") + "/" + id);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(first.body()).isEqualTo(again.body());
        String task = data(first).get("task_id").stringValue();
        assertThat(data(first).toString())
                .isEqualTo("{\"message\":\"Node deletion initiated\",\"task_id\":\"" + task
                        + "\",\"drain_status\":\"skipped\"}");
        assertThat(first.headers().firstValue("Operation-Location")).contains(nodes("ws-gone") + "/operations/" + task);
        assertThat(door.eventsOf(id))
                .containsExactly("NodeProvisioningStarted", "OperationCancelled", "NodeDeletionStarted");
        workspace("ws-elsewhere", "pro", "10");
        assertThat(code(refused(() -> door.admin("ws-elsewhere").delete(nodes("ws-elsewhere") + "/" + id))))
                .isEqualTo("404 RESOURCE_NOT_FOUND");
    }

    @Test
    void a_workspace_is_created_then_changed_and_an_equal_wish_changes_nothing() throws Exception {
        String wish = "{\"plan\":\"team\",\"region\":\"us-east-1\",\"max_nodes\":7}";

        var created = operator.put(admin("ws-new"), wish);
        var equal = refused(() -> operator.put(admin("ws-new"), wish));
        var changed =
                operator.put(admin("ws-new"), "{\"plan\":\"free\",\"region\":\"us-east-1\",\"namespace\":\"shop\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains(admin("ws-new"));
        assertThat(created.body())
                .isEqualTo("{\"data\":{\"id\":\"ws-new\",\"plan\":\"team\",\"region\":\"us-east-1\","
                        + "\"namespace\":\"ws-new\",\"max_nodes\":7,\"suspended\":false}}");
        assertThat(equal.statusCode()).isEqualTo(200);
        assertThat(equal.headers().firstValue("X-Event-Position"))
                .isEqualTo(created.headers().firstValue("X-Event-Position"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(data(changed).toString())
                .isEqualTo("{\"id\":\"ws-new\",\"plan\":\"free\",\"region\":\"us-east-1\","
                        + "\"namespace\":\"shop\",\"max_nodes\":1,\"suspended\":false}");
        assertThat(code(refused(() -> operator.post(admin("ws-nowhere") + "/credits", "{\"amount\":1}"))))
                .isEqualTo("404 RESOURCE_NOT_FOUND");
    }

    /** Makes a call that must leave the event store as it was. */
    private static HttpResponse<String> refused(Callable<HttpResponse<String>> call) throws Exception {
        List<String> before = door.streams();
        var answer = call.call();
        assertThat(door.streams()).isEqualTo(before);
        return answer;
    }

    private static String workspace(String id, String plan, String credits) throws Exception {
        assertThat(operator.put(admin(id), "{\"plan\":\"" + plan + "\",\"region\":\"us-west-2\"}")
                        .statusCode())
                .isEqualTo(201);
        var granted = operator.post(admin(id) + "/credits", "{\"amount\":" + credits + ",\"reason\":\"a test\"}");
        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(201);
        return id;
    }

    private static String body(String name, String region) {
        return "{\"name\":\"" + name + "\",\"plan_id\":\"plan-dedicated-4c8g\",\"region\":\"" + region + "\"}";
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    private static String admin(String workspace) {
        return "/api/v1/admin/workspaces/" + workspace;
    }
}
