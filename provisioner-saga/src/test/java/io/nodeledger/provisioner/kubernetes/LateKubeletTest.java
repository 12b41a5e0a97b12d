package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.step.RemoveFromKubernetes;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.ScriptedRegion;
import io.nodeledger.provisioner.proxmox.placement.ProvisionerDatabase;
import io.nodeledger.provisioner.proxmox.step.MachineStep;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import io.nodeledger.provisioner.proxmox.step.VerifyGone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kubelet that registers after its node was removed from Kubernetes and before its machine lost power. */
class LateKubeletTest extends ClusterConformance {
    @TempDir
    private static Path directory;

    private static SimulatedCluster cluster;
    private final ScriptedRegion proxmox = new ScriptedRegion();
    private ProxmoxRegions machines;
    private EnsureStep verifyGone;

    @BeforeAll
    static void start() {
        cluster = new SimulatedCluster(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void prepare() {
        machines = new ProxmoxRegions(TestRegions.with("us-west-2", proxmox.server.settings()));
        verifyGone = new MachineStep(
                Step.VERIFY_GONE,
                StepLimits.of(Duration.ofMinutes(1), 5),
                new VerifyGone(
                        machines,
                        new ProvisionerDatabase().machineIds(),
                        new ProviderTasks(),
                        new RemoveFromKubernetes(regions(), tokens)));
    }

    @AfterEach
    void disconnect() throws Exception {
        machines.close();
        proxmox.close();
    }

    @Override
    TestCluster cluster() {
        return cluster;
    }

    @Test
    void itsNodeIsRemovedOnceTheMachineIsGone() throws InterruptedException {
        finish(new RemoveFromKubernetes(regions(), tokens));
        registers("proxmox://us-west-2/" + machine, node.id());

        finish(verifyGone);

        assertThat(region().node(facts.kubernetesName())).isEmpty();
    }

    @Test
    void aForeignNodeOfThatNameStays() throws InterruptedException {
        registers("other:///machine", "somebody");

        finish(verifyGone);

        assertThat(region().node(facts.kubernetesName())).isPresent();
    }

    private void registers(String providerId, String nodeId) {
        region().client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(facts.kubernetesName())
                        .withLabels(Map.of(NodeContract.NODE_ID_LABEL, nodeId))
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID(providerId)
                        .endSpec()
                        .build())
                .create();
    }
}
