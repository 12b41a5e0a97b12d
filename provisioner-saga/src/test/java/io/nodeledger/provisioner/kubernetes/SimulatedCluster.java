package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.provisioner.region.RegionsSettings.Kubernetes;
import io.nodeledger.provisioner.region.RegionsSettings.Proxmox;
import io.nodeledger.provisioner.region.RegionsSettings.Region;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.machine.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The Kubernetes simulator with delays of a fiftieth, one shared worker and no workload but the tests' own. */
public final class SimulatedCluster implements TestCluster {
    private static final double TIME_SCALE = 0.02;
    private final Vertx vertx = Vertx.vertx();
    private final KubernetesSimulator simulator;
    private final KubernetesRegions regions;

    public SimulatedCluster(Path directory) {
        simulator = KubernetesSimulator.start(
                new KubernetesSimulatorSettings("us-west-2", directory, 0, TIME_SCALE, 1, false, 1000), vertx);
        regions = regions(simulator.kubeconfig());
    }

    private static KubernetesRegions regions(Path kubeconfig) {
        var proxmox = new Proxmox(
                "https://localhost",
                "test@pve!steps=secret",
                null,
                null,
                9000,
                "local",
                null,
                null,
                null,
                "vmbr0",
                "100-199");
        return new KubernetesRegions(
                new RegionsSettings(List.of(new Region("us-west-2", proxmox, new Kubernetes(kubeconfig)))));
    }

    /** The same cluster as seen by somebody for whom nothing listens at its address. */
    KubernetesRegions regionsOfACopyThatIsDown() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var nowhere = "https://127.0.0.1:" + taken.getLocalPort();
            var kubeconfig = Files.readString(simulator.kubeconfig()).replace(simulator.url(), nowhere);
            return regions(Files.writeString(simulator.kubeconfig().resolveSibling("down.kubeconfig"), kubeconfig));
        }
    }

    /** Nobody and nothing reaches the API server any more, and what was connected is cut off. */
    public void cutOff() {
        simulator.faults().add(Fault.always(FaultKind.PARTITION, "/"));
    }

    /** The watch on all pods is cut off and can't be begun anew; everything else works. */
    public void cutOffPods() {
        simulator.faults().add(Fault.always(FaultKind.PARTITION, "^/api/v1/pods"));
    }

    /** Ends {@link #cutOff} and {@link #cutOffPods}. */
    public void reconnect() {
        simulator.faults().clear();
    }

    Path kubeconfig() {
        return simulator.kubeconfig();
    }

    @Override
    public KubernetesRegions regions() {
        return regions;
    }

    @Override
    public void boot(NodeFacts node, String userData) {
        int vmId = Objects.requireNonNull(node.placement()).vmId();
        simulator
                .machineListener()
                .machineBooted(new Machine(
                        vmId,
                        node.name(),
                        "pve-1",
                        4,
                        16L << 30,
                        100L << 30,
                        userData,
                        "bc:24:11:00:00:01",
                        "10.0.0." + vmId % 250,
                        "203.0.113." + vmId % 250,
                        Instant.now()));
    }

    @Override
    public void silence(String kubernetesName) {
        simulator.silence(kubernetesName);
    }

    @Override
    public void close() {
        regions.close();
        simulator.close();
        vertx.close();
    }
}
