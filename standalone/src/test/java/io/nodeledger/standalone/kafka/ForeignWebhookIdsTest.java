package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids of what is no webhook of the workspace: nobody learns what they are the ids of. */
class ForeignWebhookIdsTest {
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks/";

    private static RelayWorld world;
    private static Api api;
    private static List<String> foreign = List.of();

    record Call(String method, String path, Map<String, ?> body) {}

    @BeforeAll
    static void start() throws Exception {
        world = new RelayWorld();
        world.startInstance();
        api = world.api("ws-1");
        String node = Ids.node();
        world.append(ToldLives.provisioned(node));
        try (var others = world.api("ws-others")) {
            String theirs = others.post(
                            "/api/v1/workspaces/ws-others/nodes/webhooks", Map.of("url", "http://localhost:9/"))
                    .expect("create", 201)
                    .data()
                    .path("id")
                    .asString();
            foreign = List.of(node, WorkspaceCommand.streamIdOf("ws-others"), theirs, Ids.webhook(), "wh-none");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        world.close();
    }

    static List<Call> calls() {
        var calls = new ArrayList<Call>();
        for (String id : foreign) {
            String one = WEBHOOKS + id;
            calls.add(new Call("GET", one, Map.of()));
            calls.add(new Call("PATCH", one, Map.of("enabled", false)));
            calls.add(new Call("DELETE", one, Map.of()));
            calls.add(new Call("POST", one + "/rotate-secret", Map.of()));
            calls.add(new Call("POST", one + "/test", Map.of()));
            calls.add(new Call("POST", one + "/replay", Map.of("from_position", 0)));
            calls.add(new Call("GET", one + "/deliveries", Map.of()));
            calls.add(new Call("GET", one + "/deliveries/" + Ids.delivery(), Map.of()));
            calls.add(new Call("POST", one + "/deliveries/" + Ids.delivery() + "/redeliver", Map.of()));
        }
        return calls;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whateverIsNoWebhookOfTheWorkspaceIsNotThere(Call call) throws IOException {
        var answer = call.method().equals("GET")
                ? api.get(call.path())
                : api.call(call.method(), call.path(), Map.of(), call.body());

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(404);
        assertThat(answer.body().path("error").path("code").asString()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(answer.body()
                        .path("error")
                        .path("details")
                        .path("resource_type")
                        .asString())
                .isEqualTo("webhook");
    }
}
