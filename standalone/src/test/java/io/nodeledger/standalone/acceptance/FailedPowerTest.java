package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** A start, stop or reboot that fails leaves the node in what its machine really does, and {@code error} has ways out. */
@Isolated
class FailedPowerTest {
    private static final StandaloneServer SERVER = StandaloneServer.shared();
    /** Nothing that trying again would mend. */
    private static final String NEVER =
            " 'fault': 'task_failure', 'times': 1, 'reason': 'storage ceph does not exist'}";

    private OwnedNodes nodes;
    private SimulatorControl control;

    @BeforeEach
    void clients() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
        control = new SimulatorControl(SERVER.runtime(), OwnedNodes.REGION);
    }

    @AfterEach
    void close() throws Exception {
        control.close();
        nodes.close();
    }

    @Test
    void aStartThatFailsForGoodLeavesTheNodeStoppedAndCanBeTriedAgain() throws Exception {
        // given
        String id = ReadyNodes.take(nodes);
        nodes.succeeds(id, "stop");
        never(id, "start");

        // when
        var failed = nodes.ended(nodes.begin(id, "start"));

        // then
        assertFailed(failed, "boot", "PROVIDER_REFUSED");
        assertThat(nodes.status(id)).isEqualTo("stopped");
        nodes.fitsItsProviders(id);
        nodes.succeeds(id, "start");
        nodes.fitsItsProviders(id);
    }

    @Test
    void aShutdownThatIsRefusedLeavesTheNodeRunningAndOpen() throws Exception {
        String id = ReadyNodes.take(nodes);
        for (String action : new String[] {"stop", "reboot"}) {
            // given
            never(id, "shutdown");

            // when
            var failed = nodes.ended(nodes.begin(id, action));

            // then
            assertFailed(failed, "shut_down", "PROVIDER_REFUSED");
            assertThat(nodes.status(id)).isEqualTo("running");
            nodes.fitsItsProviders(id);
        }
    }

    @Test
    void aRebootWhoseBootFailsLeavesTheNodeStopped() throws Exception {
        // given
        String id = ReadyNodes.take(nodes);
        never(id, "start");

        // when
        var failed = nodes.ended(nodes.begin(id, "reboot"));

        // then
        assertFailed(failed, "boot", "PROVIDER_REFUSED");
        assertThat(nodes.status(id)).isEqualTo("stopped");
        nodes.fitsItsProviders(id);
    }

    /** The machine is there, but nobody could look at it: only a person or another try leads on. */
    @Test
    void aNodeInErrorWithItsMachineIsStartedOrRebooted() throws Exception {
        String id = ReadyNodes.take(nodes);
        for (String wayOut : new String[] {"start", "reboot"}) {
            // given
            never(id, "shutdown");
            String blind = denied("/qemu/%d/status/current$".formatted(nodes.machineOf(id)));
            var failed = nodes.ended(nodes.begin(id, "stop"));
            control.remove(blind);
            control.forget();
            assertThat(failed.path("needs_attention").asBoolean())
                    .as("%s", failed)
                    .isTrue();
            assertThat(nodes.status(id)).isEqualTo("error");

            // when
            nodes.succeeds(id, wayOut);

            // then
            assertThat(nodes.status(id)).isEqualTo("running");
            nodes.fitsItsProviders(id);
        }
    }

    @Test
    void aNodeInErrorWithoutAMachineIsProvisionedAnewWhenItCanBePaidFor() throws Exception {
        try (var poor = OwnedNodes.of(SERVER, "ws-poor", 70)) {
            // given
            String refused = denied("/clone$");
            String id = poor.provision();
            poor.awaitStatus(id, "error");
            control.remove(refused);
            assertThat(poor.providers().machinesOf(id)).isEmpty();
            assertThat(poor.ask(id, "start").errorCode()).isEqualTo("INVALID_STATE");
            assertThat(poor.ask(id, "reboot").errorCode()).isEqualTo("INVALID_STATE");
            String rival = poor.provision();

            // when
            var broke = poor.ask(id, "retry");

            // then
            assertThat(broke.status()).isEqualTo(402);
            assertThat(broke.errorCode()).isEqualTo("INSUFFICIENT_CREDITS");
            poor.ended(poor.begin(rival, "delete?force=true"));
            String retry = poor.begin(id, "retry");
            assertThat(poor.status(id)).isIn("provisioning", "running");
            assertThat(poor.ended(retry).path("status").asString()).isEqualTo("succeeded");
            poor.fitsItsProviders(id);
        }
    }

    @Test
    void aSuspendedWorkspaceStartsNothingAndMayStop() throws Exception {
        try (var suspended = OwnedNodes.of(SERVER, "ws-suspended", 1_000)) {
            // given
            String id = suspended.running();
            suspend("ws-suspended", true);

            // when
            suspended.succeeds(id, "stop");
            var refused = suspended.ask(id, "start");

            // then
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.errorCode()).isEqualTo("WORKSPACE_SUSPENDED");
            assertThat(suspended.operations(id)).hasSize(2);
            suspend("ws-suspended", false);
            suspended.succeeds(id, "start");
            suspended.fitsItsProviders(id);
        }
    }

    private void suspend(String workspace, boolean suspended) throws Exception {
        try (var operator = SERVER.asOperator()) {
            operator.put(
                            "/api/v1/admin/workspaces/" + workspace,
                            Map.of("plan", "enterprise", "region", OwnedNodes.REGION, "suspended", suspended))
                    .expect("suspend", 200);
        }
    }

    private void never(String id, String call) throws Exception {
        control.fault("{'target': 'proxmox', 'match': {'path_regex': '/qemu/%d/status/%s$'},"
                        .formatted(nodes.machineOf(id), call)
                + NEVER);
    }

    private String denied(String path) throws Exception {
        return control.fault("{'target': 'proxmox', 'match': {'path_regex': '%s'}, 'fault': 'denied'}".formatted(path));
    }

    private static void assertFailed(JsonNode operation, String step, String code) {
        assertThat(operation.path("status").asString()).as("%s", operation).isEqualTo("failed");
        assertThat(operation.path("error").path("step").asString()).isEqualTo(step);
        assertThat(operation.path("error").path("code").asString()).isEqualTo(code);
    }
}
