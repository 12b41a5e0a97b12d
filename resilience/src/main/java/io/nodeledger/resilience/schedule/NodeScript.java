package io.nodeledger.resilience.schedule;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.Stores;
import io.nodeledger.resilience.world.Life;
import io.nodeledger.resilience.world.World;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a caller wants of one node: that it runs, then that it is gone. A caller without an answer looks and asks again. */
final class NodeScript {
    static final String WORKSPACE = "ws-crash";

    private static final PlanTerms SMALL = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));
    private static final int DRAIN_SECONDS = 30;

    private final String nodeId = Ids.node();
    private final Stores stores;
    private boolean wanted;
    private boolean admitted;
    private @Nullable String acceptedDeletion;

    NodeScript(Stores stores) {
        this.stores = stores;
    }

    String nodeId() {
        return nodeId;
    }

    /** Asks for what is due on the way to running and then to its end; does nothing while that is under way. */
    void next(Life life) {
        if (story().status().isEmpty()) {
            provision(life);
        } else {
            goOn(life);
        }
    }

    /** Asks for the node, unless it is there. */
    void provision(Life life) {
        wanted = true;
        if (!story().status().isEmpty()) {
            return;
        }
        if (admitted) {
            throw new IllegalStateException("I10: " + nodeId + " was accepted and is not there");
        }
        admitted = life.send(provisioning()).isPresent();
    }

    /** Asks for the node's deletion as soon as nothing else is under way. */
    void goOn(Life life) {
        NodeStory story = story();
        if (!story.status().isEmpty() && !story.status().equals("deleted") && !story.busy()) {
            delete(life, false);
        }
    }

    /** Whether anybody asked for the node. */
    boolean wanted() {
        return wanted;
    }

    /** Whether the node has gone all the way. */
    boolean done() {
        return story().status().equals("deleted");
    }

    NodeStory story() {
        return NodeStory.of(nodeId, stores.stream(nodeId));
    }

    /** Asks for the node's deletion, whatever is under way. */
    void delete(Life life, boolean force) {
        String status = story().status();
        if (status.isEmpty() || status.equals("deleted")) {
            return;
        }
        String accepted = acceptedDeletion;
        if (accepted != null
                && stores.stream(nodeId).stream()
                        .noneMatch(event -> event.text("operationId").equals(accepted))) {
            throw new IllegalStateException("I10: the deletion " + accepted + " was accepted and is not there");
        }
        String task = Ids.task();
        boolean answered = life.send(new DeleteNode(nodeId, WORKSPACE, task, false, DRAIN_SECONDS, 60, Instant.now()))
                .isPresent();
        acceptedDeletion = answered ? task : null;
    }

    private ProvisionNode provisioning() {
        return new ProvisionNode(
                WORKSPACE,
                nodeId,
                Ids.task(),
                "n" + nodeId.substring(nodeId.length() - 20),
                World.REGION,
                SMALL,
                List.of(World.REGION),
                Map.of(),
                Map.of("environment", "crash"),
                List.of(),
                600,
                Instant.now());
    }
}
