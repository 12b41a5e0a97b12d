package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.ScriptedRegion;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running machine that a dead task left locked: nothing is asked of it, and the reason names the lock. */
class LockedMachineTest {
    private static final String MACHINE = "GET /nodes/pve-1/qemu/1001/";

    private final NodeFacts node = ANode.inRegion("us-west-2").on(1001).deletingByForce();
    private final ProviderTasks tasks = new ProviderTasks();
    private ScriptedRegion cluster;
    private ProxmoxRegions regions;

    @BeforeEach
    void start() {
        cluster = new ScriptedRegion()
                .answering(
                        MACHINE + "config",
                        Reply.data("{\"lock\": \"backup\", \"tags\": \"nodeledger;" + node.nodeId() + "\"}"))
                .answering(MACHINE + "status/current", Reply.data("{\"status\": \"running\"}"));
        regions = new ProxmoxRegions(TestRegions.with("us-west-2", cluster.server.settings()));
    }

    @AfterEach
    void stop() throws Exception {
        regions.close();
        cluster.close();
    }

    @Test
    void halting_waits_for_it() throws Exception {
        assertWaitsForBackup(Step.HALT, new HaltMachine(regions, tasks));
    }

    @Test
    void destroying_waits_for_it() throws Exception {
        assertWaitsForBackup(Step.DESTROY, new DestroyMachine(regions, tasks));
    }

    private void assertWaitsForBackup(Step step, MachineStep.Action action) throws InterruptedException {
        var attempt = new NodeUnderTest(node.nodeId(), "us-west-2").attempt(step, 1, Instant.now());

        assertThat(action.ensure(node, attempt))
                .isInstanceOfSatisfying(
                        StepResult.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo("Machine 1001 is locked (backup)"));
        assertThat(cluster.server.requests)
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
    }
}
