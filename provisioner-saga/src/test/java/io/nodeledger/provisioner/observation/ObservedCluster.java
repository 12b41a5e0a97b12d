package io.nodeledger.provisioner.observation;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.ANode;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.SimulatedCluster;
import io.nodeledger.provisioner.kubernetes.join.BootstrapTokens;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/** A region's simulated cluster over the wire, and machines that become its nodes. */
public final class ObservedCluster implements AutoCloseable {
    public static final String REGION = "us-west-2";

    /** What it suffers from. */
    public final SimulatedCluster simulated;

    private final AtomicInteger machines = new AtomicInteger(100);

    public ObservedCluster(Path folder) {
        simulated = new SimulatedCluster(folder);
    }

    public KubernetesRegion region() {
        return simulated.regions().of(REGION);
    }

    /** Boots a machine, which joins as a node soon. */
    public NodeFacts boot() throws InterruptedException {
        var facts = ANode.inRegion(REGION).on(machines.getAndIncrement()).provisioning();
        simulated.boot(
                facts,
                new KubeadmJoinSeeds(simulated.regions(), new BootstrapTokens(Clock.systemUTC()))
                        .userDataFor(facts, () -> {}));
        return facts;
    }

    @Override
    public void close() {
        simulated.close();
    }
}
