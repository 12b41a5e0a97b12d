package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts of a stopped node whose workspace owes 3.00. */
class UnpaidStartTest {
    private static final Duration GRACE = Duration.ofDays(3);
    private static final Instant GRACE_END = NOW.plusSeconds(2).plus(GRACE);
    private static final KubernetesFacts FACTS =
            new KubernetesFacts("n", "u", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd", "v1.36.0");

    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 5, "87.00");

    @BeforeEach
    void aStoppedNode() {
        ledger.send(provision("ws-1", "node-1", "prod-1"));
        for (Step step : OperationType.PROVISION.steps()) {
            ledger.report("node-1", "task-of-node-1", step, good(step));
        }
        ledger.send(new StopNode("node-1", "ws-1", "op-stop", false, true, 0, VersionCondition.ANY, 60, NOW));
        for (Step step : OperationType.STOP.steps()) {
            ledger.report("node-1", "op-stop", step, good(step));
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void inTheGraceItStarts() {
        charge(AfterGrace.STOP);

        assertThat(start(GRACE_END.minusMillis(1))).isInstanceOf(OperationAnswer.Accepted.class);
    }

    @Test
    void afterTheGraceItIsRefusedWithWhatIsOwed() {
        charge(AfterGrace.STOP);

        assertThat(start(GRACE_END))
                .isEqualTo(new OperationAnswer.Refused(
                        new Refusal.InsufficientCredits(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("3.00"))));
    }

    @Test
    void whereNodesAreKeptItStarts() {
        charge(AfterGrace.KEEP);

        assertThat(start(GRACE_END)).isInstanceOf(OperationAnswer.Accepted.class);
    }

    @Test
    void onceThatIsPaidItStarts() {
        charge(AfterGrace.STOP);
        ledger.send(new GrantCredits("ws-1", new BigDecimal("3.00"), null, GRACE_END));

        assertThat(start(GRACE_END)).isInstanceOf(OperationAnswer.Accepted.class);
    }

    private void charge(AfterGrace policy) {
        ledger.send(new ChargeWorkspace(
                "ws-1",
                LocalDate.parse("2026-01-01"),
                new BigDecimal("90.00"),
                Map.of("node-1", new BigDecimal("90.00")),
                GRACE,
                policy,
                NOW.plusSeconds(2)));
    }

    private OperationAnswer start(Instant at) {
        return ledger.send(new StartNode("node-1", "ws-1", "op-start", VersionCondition.ANY, 60, at));
    }

    private static Outcome good(Step step) {
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
            case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
            case READY -> new Outcome.Ready(FACTS);
            default -> new Outcome.Done(null);
        };
    }
}
