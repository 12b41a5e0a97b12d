package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.join.BootstrapTokens;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import io.nodeledger.provisioner.kubernetes.step.AwaitJoin;
import io.nodeledger.provisioner.kubernetes.step.AwaitReady;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** One node of the platform on a cluster, new for each test, and its steps until they have ended. */
abstract class ClusterConformance {
    private static final String REGION = "us-west-2";
    private static int machines = 100;

    final BootstrapTokens tokens = new BootstrapTokens(Clock.systemUTC());
    final int machine = machines++;
    final ANode node = ANode.inRegion(REGION).on(machine).tainted("dedicated", "db-" + machine, "NoSchedule");
    final NodeFacts facts = node.provisioning();
    final TriedAttempt attempt = new TriedAttempt(Duration.ZERO);

    abstract TestCluster cluster();

    @AfterEach
    void removeTheNode() {
        region().client().nodes().withName(facts.kubernetesName()).delete();
    }

    KubernetesRegions regions() {
        return cluster().regions();
    }

    void join() throws InterruptedException {
        cluster().boot(facts, new KubeadmJoinSeeds(regions(), tokens).userDataFor(facts, () -> {}));
        finish(new AwaitJoin(regions(), tokens));
        finish(new AwaitReady(regions()));
    }

    Outcome finish(EnsureStep step) throws InterruptedException {
        var last = step.ensure(facts, attempt);
        for (int round = 1; round < 20 && !(last instanceof StepResult.Finished); round++) {
            last = step.ensure(facts, attempt);
        }
        assertThat(last).isInstanceOf(StepResult.Finished.class);
        return ((StepResult.Finished) last).outcome();
    }

    KubernetesRegion region() {
        return regions().of(REGION);
    }
}
