package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Api;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Providers that fail, as an operator makes the simulators fail: what is asked for happens all the same. */
@Isolated
class ProviderFaultsTest {
    private static final String REGION = "us-west-2";
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private final StandaloneServer server = StandaloneServer.shared();
    private Api api;
    private Providers providers;
    private SimulatorControl control;

    @BeforeEach
    void clients() throws Exception {
        api = server.as(StandaloneServer.WORKSPACE, "admin");
        providers = new Providers(server.runtime(), REGION);
        control = new SimulatorControl(server.runtime(), REGION);
    }

    @AfterEach
    void close() throws Exception {
        control.close();
        providers.close();
        api.close();
    }

    @Test
    void aNodeIsProvisionedAlthoughRepliesAreLostAndTheMachineIsLocked() throws Exception {
        // given
        String lost = control.fault("{'target': 'proxmox', 'match': {'method': 'POST', 'path_regex': '/clone$'},"
                + " 'fault': 'lost_reply'}");
        control.fault(
                "{'target': 'proxmox', 'match': {'path_regex': '/status/start$'}," + " 'fault': 'lock', 'times': 2}");

        // when
        String id = provision("fails-on-the-way");

        // then
        awaitStatus(id, "running");
        assertThat(providers.machineIdsOf(id)).hasSize(1);
        assertThat(control.faults().valueStream())
                .as("the lock was met twice")
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path("id").asString()).isEqualTo(lost);
                    assertThat(fault.path("happened").asInt()).isPositive();
                });
        delete(id);
    }

    /** Source: reliability, case 5. */
    @Test
    void aNodeWhoseMachineHasVanishedIsDeleted() throws Exception {
        // given
        String id = provision("vanishes");
        awaitStatus(id, "running");
        control.vanish(providers.machineIdsOf(id).getFirst());

        // when
        delete(id);

        // then
        assertThat(providers.machineIdsOf(id)).isEmpty();
        assertThat(providers.kubernetesNodesOf(id)).isEmpty();
    }

    /** Source: reliability, case 8. The machine can't ask to join until it has been told to be silent. */
    @Test
    void aNodeWhoseMachineNeverJoinsIsDeleted() throws Exception {
        // given
        String unreachable = control.fault(
                "{'target': 'kubernetes', 'match': {'path_regex': 'cluster-info'}," + " 'fault': 'partition'}");
        String id = provision("never-joins");
        await().atMost(PATIENCE).until(() -> control.silence(id + "-k8s"));
        control.remove(unreachable);
        assertThat(providers.machineIdsOf(id)).hasSize(1);
        await().during(Duration.ofSeconds(1))
                .until(() -> providers.kubernetesNodesOf(id).isEmpty());

        // when
        delete(id);

        // then
        assertThat(providers.machineIdsOf(id)).isEmpty();
        assertThat(providers.kubernetesNodesOf(id)).isEmpty();
    }

    private String provision(String name) throws Exception {
        return api.post(NODES, body(name))
                .expect("provision", 202)
                .data()
                .path("id")
                .asString();
    }

    private void awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                api.get(NODES + "/" + id).data().path("status").asString(""))
                        .isEqualTo(status));
    }

    private void delete(String id) throws Exception {
        // Pods of others may be on it, and a machine that is gone ends none.
        api.delete(NODES + "/" + id + "?drain_timeout=15").expect("delete", 202);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(api.get(NODES + "/" + id).status()).isEqualTo(404));
    }

    private static JsonNode body(String name) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("plan_id", "plan-dedicated-4c8g")
                .put("region", REGION);
    }
}
