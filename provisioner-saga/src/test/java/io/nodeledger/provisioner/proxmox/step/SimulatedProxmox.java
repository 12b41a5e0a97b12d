package io.nodeledger.provisioner.proxmox.step;

import static org.awaitility.Awaitility.await;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.Upid;
import io.nodeledger.provisioner.proxmox.placement.ProvisionerDatabase;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.simulators.machine.Machine;
import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated cluster with delays of a thousandth, and the steps of one instance against it. */
final class SimulatedProxmox implements AutoCloseable {
    private static final int TEMPLATE = 9000;

    final ProxmoxSimulator cluster;
    final ProvisionerDatabase database = new ProvisionerDatabase();
    final StepsUnderTest steps;
    private final RegionsSettings.Proxmox settings;
    private final Vertx vertx = Vertx.vertx();

    /** @param isoStorage the storage for seeds; the shared one of the disks when absent */
    SimulatedProxmox(Path folder, @Nullable String isoStorage) throws IOException {
        cluster = ProxmoxSimulator.start(
                vertx,
                ProxmoxSimulatorSettings.of(StepsUnderTest.REGION, folder).withTimeScale(0.001),
                new Guestless());
        settings = new RegionsSettings.Proxmox(
                cluster.url(),
                cluster.token(),
                null,
                cluster.fingerprint(),
                TEMPLATE,
                "shared",
                isoStorage,
                "shared",
                "nodeledger",
                "vmbr0",
                "1000-1999");
        steps = anotherInstance();
    }

    /** The same steps in an instance that remembers nothing. */
    StepsUnderTest anotherInstance() {
        return new StepsUnderTest(settings, database);
    }

    ProxmoxClient client() {
        return steps.region().client();
    }

    /** A node with a machine id and nothing else. */
    NodeUnderTest allocated() {
        var node = new NodeUnderTest(Ids.node(), StepsUnderTest.REGION);
        steps.run(node, Step.ALLOCATE);
        return node;
    }

    /** A node whose machine has been made as far as these steps make it. */
    NodeUnderTest made(Step... through) {
        var node = allocated();
        steps.run(node, through);
        return node;
    }

    boolean exists(NodeUnderTest node) {
        return client().listing().machine(node.vmId()).isPresent();
    }

    String hostOf(NodeUnderTest node) {
        return client().listing().machine(node.vmId()).orElseThrow().host();
    }

    /** Another host than the one that the machine is on. */
    String anotherHost(NodeUnderTest node) {
        return hostOf(node).equals("pve1") ? "pve2" : "pve1";
    }

    MachineConfig configOf(NodeUnderTest node) {
        return client().config(hostOf(node), node.vmId());
    }

    /** Changes the machine's configuration behind everyone's back. */
    void configure(NodeUnderTest node, Map<String, String> settings) {
        finish(client().configure(hostOf(node), node.vmId(), settings));
    }

    /** Somebody makes a machine under the node's id. */
    void clonedBySomebody(NodeUnderTest node, String description) {
        finish(client().clone(new CloneOrder(
                "pve1", TEMPLATE, node.vmId(), "somebody", description, "pve1", "shared", null)));
    }

    private void finish(Optional<Upid> task) {
        task.ifPresent(upid -> await().until(() -> client().task(upid).succeeded()));
    }

    @Override
    public void close() throws IOException {
        steps.close();
        cluster.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class Guestless implements MachineListener {
        @Override
        public void machineBooted(Machine machine) {}

        @Override
        public void machineHalted(int vmId) {}
    }
}
