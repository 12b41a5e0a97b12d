package io.nodeledger.model.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.workspace.WorkspaceEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workspace's credits, counted from its events: what is held is never more than what was granted (I11). */
final class Account {
    private BigDecimal granted = BigDecimal.ZERO;
    private final Map<String, BigDecimal> held = new HashMap<>();

    static Account of(List<WorkspaceEvent> events) {
        var account = new Account();
        events.forEach(account::add);
        return account;
    }

    BigDecimal heldFor(String nodeId) {
        return held.getOrDefault(nodeId, BigDecimal.ZERO);
    }

    BigDecimal available() {
        return granted.subtract(held.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private void add(WorkspaceEvent event) {
        switch (event) {
            case WorkspaceEvent.CreditsGranted e -> granted = granted.add(e.amount());
            case WorkspaceEvent.NodeAdmitted e -> hold(e.nodeId(), e.creditHold());
            case WorkspaceEvent.CreditHoldRenewed e -> hold(e.nodeId(), e.amount());
            case WorkspaceEvent.CreditHoldReleased e -> release(e.nodeId(), e.amount());
            case WorkspaceEvent.NodeReleased e -> release(e.nodeId(), e.releasedHold());
            case WorkspaceEvent.WorkspaceRegistered _,
                    WorkspaceEvent.WorkspaceChanged _,
                    WorkspaceEvent.WorkspaceThresholdsChanged _,
                    WorkspaceEvent.WorkspaceCharged _,
                    WorkspaceEvent.OwedSettled _,
                    WorkspaceEvent.CreditsExhausted _,
                    WorkspaceEvent.CreditsRestored _,
                    WorkspaceEvent.TransitionBegun _,
                    WorkspaceEvent.TransitionOpened _,
                    WorkspaceEvent.PlacementChanged _,
                    WorkspaceEvent.TransitionEnded _ -> {}
        }
        assertThat(available()).as("after %s", event).isNotNegative();
    }

    private void hold(String nodeId, BigDecimal amount) {
        assertThat(heldFor(nodeId)).as("held for %s already", nodeId).isZero();
        held.put(nodeId, amount);
    }

    private void release(String nodeId, BigDecimal amount) {
        assertThat(amount).as("released of %s", nodeId).isEqualByComparingTo(heldFor(nodeId));
        held.remove(nodeId);
    }
}
