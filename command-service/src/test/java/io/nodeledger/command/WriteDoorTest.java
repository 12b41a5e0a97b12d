package io.nodeledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.catalogue.CatalogueAutoConfiguration;
import io.nodeledger.base.security.SecurityBaseAutoConfiguration;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.base.web.WebBaseAutoConfiguration;
import io.nodeledger.command.dispatch.CommandDispatch;
import io.nodeledger.command.dispatch.CommandFailures;
import io.nodeledger.command.provisioning.ProvisioningController;
import io.nodeledger.command.removal.RemovalController;
import io.nodeledger.command.workspace.CreditsController;
import io.nodeledger.command.workspace.WorkspacesController;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WriteDoorTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final CommandGateway GATEWAY = mock(CommandGateway.class);
    private static final Instant THEN = Instant.parse("2024-01-20T10:00:00Z");
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String NODE = "node-01hm0000000000000000000000";

    private static ConfigurableApplicationContext service;
    private static RSAKey key;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        Path jwks = Files.writeString(Files.createTempFile("jwks", ".json"), new JWKSet(key).toString());
        jwks.toFile().deleteOnExit();
        service = new SpringApplicationBuilder(Door.class)
                .properties(Map.of(
                        "server.port", "0",
                        "management.server.port", "",
                        "nodeledger.jwt.issuer", "iss",
                        "nodeledger.jwt.audience", "aud",
                        "nodeledger.jwt.jwks-url", jwks.toUri().toString()))
                .run("--server.port=0", "--management.server.port=");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        Mockito.reset(GATEWAY);
    }

    @Test
    void an_accepted_wish_is_answered_as_the_contract_says() throws Exception {
        answers(new ProvisionAnswer.Admitted(NODE, "task-1", "us-west-2", THEN, THEN.plusSeconds(900)));

        var answer = post(
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
        var answer = post(
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
        verify(GATEWAY, never()).send(any());
    }

    @Test
    void auto_scaling_is_not_supported() throws Exception {
        assertThat(code(post(
                        NODES,
                        "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\","
                                + "\"auto_scaling\":{\"enabled\":true}}")))
                .isEqualTo("400 NOT_SUPPORTED");
    }

    @Test
    void refusals_become_documented_errors() throws Exception {
        answers(new ProvisionAnswer.Refused(
                new Refusal.InsufficientCredits(new BigDecimal("86.4"), new BigDecimal("25.3"))));

        var answer = post(NODES, "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\"}");

        assertThat(code(answer)).isEqualTo("402 INSUFFICIENT_CREDITS");
        assertThat(answer.body())
                .contains("\"required_credits\":86.40,\"available_credits\":25.30,\"missing_credits\":61.10");
    }

    @Test
    void a_lost_race_is_a_503_to_be_tried_again() throws Exception {
        when(GATEWAY.send(any())).thenReturn(CompletableFuture.failedFuture(new ConcurrencyException("lost")));

        var answer = post(NODES, "{\"name\":\"abc\",\"plan_id\":\"plan-dedicated-4c8g\"}");

        assertThat(code(answer)).isEqualTo("503 SYSTEM_SERVICE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_deletion_is_answered_as_the_contract_says() throws Exception {
        answers(new DeletionAnswer.Deleting("task-7", true, 9));

        var answer = send("DELETE", NODES + "/" + NODE + "?drain_timeout=0", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"data\":{\"message\":\"Node deletion initiated\",\"task_id\":\"task-7\","
                        + "\"drain_status\":\"draining_workloads\"}}");
        assertThat(code(send("DELETE", NODES + "/" + NODE + "?drain_timeout=3601&force=", "")))
                .isEqualTo("400 VALIDATION_ERROR");
        assertThat(code(send("DELETE", NODES + "/usage", ""))).isEqualTo("404 RESOURCE_NOT_FOUND");
    }

    @Test
    void the_operator_creates_workspaces_and_grants_credits() throws Exception {
        answers(new WorkspaceAnswer.Created(0));
        String workspace = "/api/v1/admin/workspaces/ws-9";

        assertThat(send("PUT", workspace, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(workspace + "/credits", "{\"amount\":10.5}").body()).contains("\"amount\":10.50");
        assertThat(fields(post(workspace + "/credits", "{\"amount\":\"10\"}"))).containsExactly("amount invalid_type");
        assertThat(fields(post(workspace + "/credits", "{\"amount\":1e999999999}")))
                .containsExactly("amount out_of_range");
        assertThat(fields(send("PUT", "/api/v1/admin/workspaces/WS_9", "{\"plan\":\"x\",\"max_nodes\":-1}")))
                .containsExactly(
                        "workspace_id invalid_format",
                        "plan unknown_value",
                        "region required",
                        "max_nodes out_of_range");
    }

    private static void answers(Object answer) {
        when(GATEWAY.send(any())).thenReturn(CompletableFuture.completedFuture(answer));
    }

    private static List<String> fields(HttpResponse<String> answer) {
        JsonNode fields =
                JSON.readTree(answer.body()).get("error").get("details").get("fields");
        return fields.valueStream()
                .map(field -> field.get("field").stringValue() + " "
                        + field.get("code").stringValue())
                .toList();
    }

    private static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + JSON.readTree(answer.body()).get("error").get("code").stringValue();
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer("iss")
                        .audience("aud")
                        .subject("me")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .claim("platform_admin", true)
                        .build());
        token.sign(new RSASSASigner(key));
        String port = Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + token.serialize())
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(KnownRegions.class)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        WebBaseAutoConfiguration.class,
        SecurityBaseAutoConfiguration.class,
        CatalogueAutoConfiguration.class
    })
    static class Door {
        @Bean
        CommandDispatch dispatch() {
            return new CommandDispatch(GATEWAY);
        }

        @Bean
        CommandFailures failures() {
            return new CommandFailures();
        }

        @Bean
        ProvisioningController provisioning(
                RequestBodyReader bodies,
                Catalogue plans,
                KnownRegions regions,
                CommandDispatch dispatch,
                Clock clock) {
            return new ProvisioningController(bodies, plans, regions, _ -> Map.of(), dispatch, clock);
        }

        @Bean
        RemovalController removal(CommandDispatch dispatch, Clock clock) {
            return new RemovalController(dispatch, clock);
        }

        @Bean
        WorkspacesController workspaces(
                RequestBodyReader bodies,
                Catalogue plans,
                KnownRegions regions,
                CommandDispatch dispatch,
                Clock clock) {
            return new WorkspacesController(bodies, plans, regions, dispatch, clock);
        }

        @Bean
        CreditsController credits(RequestBodyReader bodies, CommandDispatch dispatch, Clock clock) {
            return new CreditsController(bodies, dispatch, clock);
        }
    }
}
