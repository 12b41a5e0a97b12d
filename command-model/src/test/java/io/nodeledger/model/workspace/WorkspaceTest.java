package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.MEDIUM;
import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.SetWorkspaceThresholds;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private static final PutWorkspace PRO =
            new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, null, false, NOW);

    @Test
    void theFirstPutCreatesAWorkspaceWithItsPlansLimit() {
        try (var ledger = new InMemoryLedger()) {
            WorkspaceAnswer answer = ledger.send(PRO);

            assertThat(answer).isEqualTo(new WorkspaceAnswer.Created(0));
            assertThat(ledger.workspaceEvents("ws-1"))
                    .containsExactly(
                            new WorkspaceRegistered("ws-1", WorkspacePlan.PRO, 5, "us-west-2", "ws-1", false, NOW));
        }
    }

    @Test
    void aPutThatChangesNothingRecordsNothing() {
        try (var ledger = new InMemoryLedger()) {
            ledger.send(PRO);
            WorkspaceAnswer same = ledger.send(PRO);
            WorkspaceAnswer changed =
                    ledger.send(new PutWorkspace("ws-1", WorkspacePlan.TEAM, "us-east-1", "team", 7, true, NOW));

            assertThat(same).isEqualTo(new WorkspaceAnswer.Updated(0));
            assertThat(changed).isEqualTo(new WorkspaceAnswer.Updated(1));
            assertThat(ledger.workspaceEvents("ws-1"))
                    .last()
                    .isEqualTo(new WorkspaceChanged("ws-1", WorkspacePlan.TEAM, 7, "us-east-1", "team", true, NOW));
        }
    }

    @Test
    void thresholdsAreSetAndTheSameAgainRecordsNothing() {
        var thresholds = new Thresholds(null, new Threshold(new BigDecimal("75"), 120), null);
        try (var ledger = new InMemoryLedger()) {
            ledger.send(PRO);
            WorkspaceAnswer set = ledger.send(new SetWorkspaceThresholds("ws-1", thresholds, NOW));
            WorkspaceAnswer same = ledger.send(new SetWorkspaceThresholds("ws-1", thresholds, NOW));

            assertThat(set).isEqualTo(new WorkspaceAnswer.Updated(1));
            assertThat(same).isEqualTo(new WorkspaceAnswer.Updated(1));
            assertThat(ledger.workspaceEvents("ws-1"))
                    .last()
                    .isEqualTo(new WorkspaceThresholdsChanged("ws-1", thresholds, NOW));
        }
    }

    @Test
    void anEventIsNeverBeforeTheOneBeforeIt() {
        try (var ledger = new InMemoryLedger()) {
            ledger.send(PRO);
            ledger.send(new GrantCredits("ws-1", BigDecimal.TEN, "a clock went back", NOW.minusSeconds(3600)));

            assertThat(ledger.workspaceEvents("ws-1"))
                    .last()
                    .isEqualTo(new CreditsGranted("ws-1", BigDecimal.TEN, "a clock went back", NOW));
        }
    }

    @Test
    void anAdmittedNodeTakesItsNamePlaceAndCreditsAndBeginsInTheSameTransaction() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "100")) {
            ProvisionAnswer answer = ledger.send(provision("ws-1", "node-1", "prod-1"));

            assertThat(answer)
                    .isEqualTo(new ProvisionAnswer.Admitted(
                            "node-1", "task-of-node-1", "us-west-2", NOW, NOW.plusSeconds(600)));
            assertThat(ledger.workspaceEvents("ws-1"))
                    .last()
                    .isEqualTo(new NodeAdmitted("ws-1", "node-1", "prod-1", new BigDecimal("86.40"), NOW));
            assertThat(ledger.nodeEvents("node-1"))
                    .singleElement()
                    .isInstanceOfSatisfying(NodeEvent.NodeProvisioningStarted.class, started -> {
                        assertThat(started.region()).isEqualTo("us-west-2");
                        assertThat(started.terms()).isEqualTo(MEDIUM);
                    });
        }
    }

    @Test
    void aNameIsTakenWhileItsNodeLives() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));

            assertRefused(ledger, provision("ws-1", "node-2", "prod-1"), new Refusal.NameTaken("prod-1"));
        }
    }

    @Test
    void theNodeLimitHolds() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 1, "1000")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));

            assertRefused(ledger, provision("ws-1", "node-2", "prod-2"), new Refusal.NodeLimitExceeded(1, 1, "pro"));
        }
    }

    @Test
    void whatIsHeldForANodeIsNotAvailableToTheNext() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "111.70")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));

            assertRefused(
                    ledger,
                    provision("ws-1", "node-2", "prod-2"),
                    new Refusal.InsufficientCredits(new BigDecimal("86.40"), new BigDecimal("25.30")));
        }
    }

    @Test
    void checksRunInTheDocumentedOrder() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 1, "90")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));
            var everythingWrong = new ProvisionNode(
                    "ws-1",
                    "node-2",
                    "task-2",
                    "prod-1",
                    null,
                    MEDIUM,
                    List.of("us-west-2"),
                    Map.of("us-west-2", NOW),
                    Map.of(),
                    List.of(),
                    600,
                    NOW);

            assertRefused(ledger, everythingWrong, new Refusal.NameTaken("prod-1"));
        }
    }

    @Test
    void aRegionWithoutRoomIsRefusedWithTheTimeItMayHaveSomeAgain() {
        Instant tomorrow = NOW.plusSeconds(86_400);
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000")) {
            var wish = new ProvisionNode(
                    "ws-1",
                    "node-1",
                    "task-1",
                    "prod-1",
                    "us-east-1",
                    MEDIUM,
                    List.of("us-east-1"),
                    Map.of("us-east-1", tomorrow),
                    Map.of(),
                    List.of(),
                    600,
                    NOW);

            assertRefused(ledger, wish, new Refusal.InsufficientCapacity("us-east-1", MEDIUM.planId(), tomorrow));
        }
    }

    @Test
    void aSuspendedWorkspaceGetsNoNode() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000")) {
            ledger.send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 5, true, NOW));

            assertRefused(ledger, provision("ws-1", "node-1", "prod-1"), new Refusal.WorkspaceSuspended("ws-1"));
        }
    }

    @Test
    void aPlanIsNotSoldWhereItIsNotOffered() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000")) {
            var wish = new ProvisionNode(
                    "ws-1",
                    "node-1",
                    "task-1",
                    "prod-1",
                    "eu-west-1",
                    MEDIUM,
                    List.of("us-west-2"),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    600,
                    NOW);

            assertRefused(
                    ledger, wish, new Refusal.PlanNotInRegion(MEDIUM.planId(), "eu-west-1", List.of("us-west-2")));
        }
    }

    private static void assertRefused(InMemoryLedger ledger, ProvisionNode wish, Refusal expected) {
        List<WorkspaceEvent> before = ledger.workspaceEvents(wish.workspaceId());
        ProvisionAnswer answer = ledger.send(wish);

        assertThat(answer).isEqualTo(new ProvisionAnswer.Refused(expected));
        assertThat(ledger.workspaceEvents(wish.workspaceId())).isEqualTo(before);
    }
}
