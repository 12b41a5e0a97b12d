package io.nodeledger.model.life;

import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.model.InMemoryLedger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commands to the one node, each with an id of its own. The clock goes back from time to time. */
final class Commands {
    private static final int SET_BACK_EVERY = 7;
    private int sent;

    Instant now() {
        sent++;
        int seconds = sent % SET_BACK_EVERY == 0 ? sent - SET_BACK_EVERY : sent;
        return InMemoryLedger.NOW.plusSeconds(seconds);
    }

    StartNode start(Optional<Long> version) {
        return new StartNode(NodeLife.NODE, "ws-1", id(), condition(version), 60, now());
    }

    StopNode stop(Act.Stop act, Optional<Long> version) {
        return new StopNode(NodeLife.NODE, "ws-1", id(), act.drain(), act.force(), 300, condition(version), 60, now());
    }

    RebootNode reboot(Act.Reboot act, Optional<Long> version) {
        return new RebootNode(
                NodeLife.NODE, "ws-1", id(), act.drain(), act.force(), 300, condition(version), 60, now());
    }

    RetryProvisioning retry(Optional<Long> version) {
        return new RetryProvisioning(NodeLife.NODE, "ws-1", id(), Map.of(), condition(version), 600, now());
    }

    UpdateNode update(Act.Relabel act, Optional<Long> version) {
        return new UpdateNode(NodeLife.NODE, "ws-1", id(), act.labels(), act.taints(), condition(version), 5, now());
    }

    DeleteNode delete(Act.Delete act, Optional<Long> version) {
        return new DeleteNode(NodeLife.NODE, "ws-1", id(), act.force(), 300, condition(version), 60, now());
    }

    private String id() {
        return "op-" + sent;
    }

    private static VersionCondition condition(Optional<Long> version) {
        return version.map(number -> VersionCondition.oneOf(Set.of(number))).orElse(VersionCondition.ANY);
    }
}
