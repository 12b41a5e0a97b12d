package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class WriteDoorTest {
    private static final Instant THEN = Instant.parse("2024-01-20T10:00:00Z");
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String NODE = "node-01hm0000000000000000000000";

    private static ConfigurableApplicationContext service;
    private static CommandGateway gateway;
    private static ApiCaller operator;

    @BeforeAll
    static void start() {
        var issuer = new TestIssuer();
        service = new SpringApplicationBuilder(DoorWithoutModel.class)
                .run(Stream.concat(
                                Stream.of("--server.port=0", "--management.server.port="),
                                Arrays.stream(issuer.asArguments()))
                        .toArray(String[]::new));
        gateway = service.getBean(CommandGateway.class);
        operator = ApiCaller.of(service, issuer.operator());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        Mockito.reset(gateway);
    }

    @Test
    void an_accepted_wish_is_answered_as_the_contract_says() throws Exception {
        answers(new ProvisionAnswer.Admitted(NODE, "task-1", "us-west-2", THEN, THEN.plusSeconds(900)));

        var answer = operator.post(
                NODES,
                "{\"name\":\"prod-node-1\",\"plan_id\":\"plan-dedicated-4c8g\","
                        + "\"labels\":{\"team\":\"backend\"},\"taints\":[{\"key\":\"dedicated\",\"value\":\"backend\","
                        + "\"effect\":\"NoSchedule\"}],\"auto_scaling\":{\"enabled\":false}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"data\":{\"id\":\"" + NODE + "\",\"name\":\"prod-node-1\",\"workspace_id\":\"ws-123\","
                        + "\"plan_id\":\"plan-dedicated-4c8g\",\"status\":\"provisioning\",\"provider\":\"proxmox\","
                        + "\"region\":\"us-west-2\",\"created_at\":\"2024-01-20T10:00:00Z\","
                        + "\"provisioning_task_id\":\"task-1\",\"estimated_ready_time\":\"2024-01-20T10:15:00Z\"}}");
        assertThat(answer.headers().firstValue("Operation-Location")).contains(NODES + "/operations/task-1");
        assertThat(answer.headers().firstValue("Location")).contains(NODES + "/" + NODE);
        assertThat(answer.headers().map()).containsKeys("retry-after", "x-event-position");
    }

    @Test
    void every_broken_rule_of_a_wish_is_named_and_nothing_is_commanded() throws Exception {
        var answer = operator.post(
                NODES,
                "{\"name\":\"9\",\"plan_id\":\"nope\",\"region\":\"mars\","
                        + "\"labels\":{\"workspace\":\"x\",\"a/b/c\":\"x\",\"ok\":\"-\"},"
                        + "\"taints\":[{\"key\":\"k\",\"effect\":\"Never\"}],\"extra\":1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(fields(answer))
                .containsExactlyInAnyOrder(
                        "name too_short",
                        "plan_id not_found",
                        "region not_found",
                        "labels.workspace reserved",
                        "labels.a/b/c invalid_format",
                        "labels.ok invalid_format",
                        "taints[0].effect unknown_value",
                        "extra unknown_field");
        verify(gateway, never()).send(any());
    }

    @Test
    void auto_scaling_is_not_supported() throws Exception {
        assertThat(code(operator.post(
                        NODES,
                        "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\","
                                + "\"auto_scaling\":{\"enabled\":true}}")))
                .isEqualTo("400 NOT_SUPPORTED");
    }

    @Test
    void refusals_become_documented_errors() throws Exception {
        answers(new ProvisionAnswer.Refused(
                new Refusal.InsufficientCredits(new BigDecimal("86.4"), new BigDecimal("25.3"))));

        var answer = operator.post(NODES, "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\"}");

        assertThat(code(answer)).isEqualTo("402 INSUFFICIENT_CREDITS");
        assertThat(answer.body())
                .contains("\"required_credits\":86.40,\"available_credits\":25.30,\"missing_credits\":61.10");
    }

    @Test
    void a_lost_race_is_a_503_to_be_tried_again() throws Exception {
        when(gateway.send(any())).thenReturn(CompletableFuture.failedFuture(new ConcurrencyException("lost")));

        var answer = operator.post(NODES, "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\"}");

        assertThat(code(answer)).isEqualTo("503 SYSTEM_SERVICE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_deletion_is_answered_as_the_contract_says() throws Exception {
        answers(new DeletionAnswer.Deleting("task-7", true, 9));

        var answer = operator.delete(NODES + "/" + NODE + "?drain_timeout=0");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"data\":{\"message\":\"Node deletion initiated\",\"task_id\":\"task-7\","
                        + "\"drain_status\":\"draining_workloads\"}}");
        assertThat(code(operator.delete(NODES + "/" + NODE + "?drain_timeout=3601&force=")))
                .isEqualTo("400 VALIDATION_ERROR");
        assertThat(code(operator.delete(NODES + "/usage"))).isEqualTo("404 RESOURCE_NOT_FOUND");
    }

    @Test
    void the_operator_creates_workspaces_and_grants_credits() throws Exception {
        answers(new WorkspaceAnswer.Created(0));
        String workspace = "/api/v1/admin/workspaces/ws-9";

        assertThat(operator.put(workspace, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(operator.post(workspace + "/credits", "{\"amount\":10.5}").body())
                .contains("\"amount\":10.50");
        assertThat(fields(operator.post(workspace + "/credits", "{\"amount\":\"10\"}")))
                .containsExactly("amount invalid_type");
        assertThat(fields(operator.post(workspace + "/credits", "{\"amount\":1e999999999}")))
                .containsExactly("amount out_of_range");
        assertThat(fields(operator.put("/api/v1/admin/workspaces/WS_9", "{\"plan\":\"x\",\"max_nodes\":-1}")))
                .containsExactly(
                        "workspace_id invalid_format",
                        "plan unknown_value",
                        "region required",
                        "max_nodes out_of_range");
    }

    private static void answers(Object answer) {
        when(gateway.send(any())).thenReturn(CompletableFuture.completedFuture(answer));
    }
}
