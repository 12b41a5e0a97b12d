package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.provisioner.activity.JoinUnavailable;
import io.nodeledger.provisioner.activity.LeaseLost;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a node on the simulated cluster. */
class SimulatedNodeStepsTest extends NodeStepsConformance {
    @TempDir
    private static Path directory;

    private static SimulatedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new SimulatedCluster(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aClusterThatIsDownGivesNoSeedAndSaysWhy() throws IOException {
        try (var down = cluster.regionsOfACopyThatIsDown()) {
            var seeds = new KubeadmJoinSeeds(down, tokens);

            assertThatThrownBy(() -> seeds.userDataFor(facts, () -> {}))
                    .isInstanceOf(JoinUnavailable.class)
                    .hasMessageStartingWith("Kubernetes gives no join token: ")
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void anInstanceThatHasLostItsLeaseMakesNoJoinToken() {
        var seeds = new KubeadmJoinSeeds(regions(), tokens);

        assertThatThrownBy(() -> seeds.userDataFor(facts, () -> {
                    throw new LeaseLost("another instance has taken the step over");
                }))
                .isInstanceOf(LeaseLost.class);
        assertThat(tokens.exist(region().client(), node.id())).isFalse();
    }

    @Override
    TestCluster cluster() {
        return cluster;
    }
}
