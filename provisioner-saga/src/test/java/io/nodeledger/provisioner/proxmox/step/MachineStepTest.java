package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.JoinUnavailable;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MachineStepTest {
    private final NodeUnderTest node = new NodeUnderTest(Ids.node(), "us-west-2");
    private final MachineStep configure =
            new MachineStep(Step.CONFIGURE, StepLimits.of(Duration.ofMinutes(1), 5), (facts, attempt) -> {
                throw new JoinUnavailable(
                        "Kubernetes gives no join token: no route", false, new IllegalStateException());
            });

    @Test
    void aClusterThatGivesNoTokenNowIsWaitedFor() throws InterruptedException {
        assertThat(configure.ensure(node.facts(), node.attempt(Step.CONFIGURE, 1, Instant.now())))
                .isInstanceOfSatisfying(
                        StepResult.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo("Kubernetes gives no join token: no route"));
    }

    @Test
    void aProviderThatIsOutOfReachIsNoFailedAttempt() throws InterruptedException {
        var boot = new MachineStep(Step.BOOT, StepLimits.of(Duration.ofMinutes(1), 5), (facts, attempt) -> {
            throw new ProxmoxFailure(Kind.UNREACHABLE, "no route to host");
        });

        assertThat(boot.ensure(node.facts(), node.attempt(Step.BOOT, 1, Instant.now())))
                .isInstanceOf(StepResult.Waiting.class);
    }

    @Test
    void aClusterThatRefusesATokenIsNotAskedAgain() throws InterruptedException {
        var refused = new MachineStep(Step.CONFIGURE, StepLimits.of(Duration.ofMinutes(1), 5), (facts, attempt) -> {
            throw new JoinUnavailable("Kubernetes gives no join token: forbidden", true, new IllegalStateException());
        });

        assertThat(refused.ensure(node.facts(), node.attempt(Step.CONFIGURE, 1, Instant.now())))
                .isEqualTo(StepResult.failed("PROVIDER_REFUSED", "Kubernetes gives no join token: forbidden"));
    }

    @Test
    void anInstanceThatShutsDownDoesNotTakeItForAFailure() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> configure.ensure(node.facts(), node.attempt(Step.CONFIGURE, 1, Instant.now())))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInstanceThatShutsDownInTheMiddleOfACallDoesNotTakeItForAFailureEither() {
        var halt = new MachineStep(Step.HALT, StepLimits.of(Duration.ofMinutes(1), 5), (facts, attempt) -> {
            throw new ProxmoxFailure(Kind.UNKNOWN_OUTCOME, "closed by interrupt");
        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> halt.ensure(node.facts(), node.attempt(Step.HALT, 1, Instant.now())))
                .isInstanceOf(InterruptedException.class);
    }
}
