package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A workspace that is charged for some days of January, and whose nodes hold 86.40 each. */
final class ChargedWorkspace {
    static final LocalDate MONDAY = LocalDate.parse("2026-01-05");
    static final LocalDate TUESDAY = MONDAY.plusDays(1);
    static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
    static final Duration GRACE = Duration.ofDays(3);
    static final Map<String, BigDecimal> NOTHING = Map.of();

    private ChargedWorkspace() {}

    static void failProvisioning(InMemoryLedger ledger, String node) {
        ledger.report(node, "task-of-" + node, Step.ALLOCATE, new Outcome.Failed("NO", "There is no room."));
        for (Step undo : OperationType.PROVISION.compensation()) {
            ledger.report(node, "task-of-" + node, undo, new Outcome.Done(null));
        }
    }

    static InMemoryLedger oneNodeAnd(String available) {
        var ledger = InMemoryLedger.withWorkspace(
                "ws-1", 5, usd("86.40").add(usd(available)).toPlainString());
        ledger.send(provision("ws-1", "node-1", "prod-1"));
        return ledger;
    }

    static ChargeWorkspace charge(LocalDate day, String accrued, Map<String, BigDecimal> costs) {
        return new ChargeWorkspace("ws-1", day, usd(accrued), costs, GRACE, AfterGrace.KEEP, NOW);
    }

    static WorkspaceCharged charged(
            LocalDate day, String amount, String fromAvailable, Map<String, BigDecimal> fromHolds, String owed) {
        return new WorkspaceCharged("ws-1", day, usd(amount), usd(fromAvailable), fromHolds, usd(owed), NOW);
    }

    static Refusal refusal(InMemoryLedger ledger, String node) {
        ProvisionAnswer answer = ledger.send(provision("ws-1", node, "name-of-" + node));
        return ((ProvisionAnswer.Refused) answer).refusal();
    }

    static List<WorkspaceEvent> last(InMemoryLedger ledger, int events) {
        var all = ledger.workspaceEvents("ws-1");
        return all.subList(all.size() - events, all.size());
    }

    static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }
}
