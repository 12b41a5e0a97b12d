package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.schedule.SharedHarnesses.WORLDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.world.NodeCommands;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A name is free again once its node is gone. */
class SameNameTest {
    private static final String NAME = "worker";

    @Test
    void case19ANodeThatIsMadeAgainUnderTheSameNameJoinsCleanly() throws InterruptedException {
        assertThat(WORLDS.violations(SameNameTest::madeTwice)).isEmpty();
    }

    private static List<String> madeTwice(Harness harness) throws InterruptedException {
        String first = Ids.node();
        String second = Ids.node();
        harness.life().send(NodeCommands.provision(first, NAME));
        assertThat(becomes(harness, first, "running")).isTrue();
        assertThat(harness.life().send(NodeCommands.provision(second, NAME)))
                .as("while the name is taken")
                .hasValueSatisfying(answer -> assertThat(answer).isNotInstanceOf(ProvisionAnswer.Admitted.class));
        // Its kubelet goes on reporting to the end, and is never told to leave.
        harness.life().send(NodeCommands.delete(first, Ids.task(), true));
        assertThat(becomes(harness, first, "deleted")).isTrue();

        harness.life().send(NodeCommands.provision(second, NAME));
        assertThat(becomes(harness, second, "running")).isTrue();
        List<String> left = harness.violationsOnceQuiet();

        harness.life().send(NodeCommands.delete(second, Ids.task(), false));
        assertThat(becomes(harness, second, "deleted")).isTrue();
        return left.isEmpty() ? harness.violationsOnceQuiet() : left;
    }

    private static boolean becomes(Harness harness, String nodeId, String status) throws InterruptedException {
        return harness.until(
                () -> NodeStory.of(nodeId, harness.stores().stream(nodeId))
                        .status()
                        .equals(status),
                () -> {});
    }
}
