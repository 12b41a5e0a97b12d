package io.nodeledger.resilience.schedule;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.Stores;
import io.nodeledger.resilience.world.Life;
import io.nodeledger.resilience.world.NodeCommands;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller wants of one node: that it runs, then that it is gone. A caller without an answer looks and asks again. */
final class NodeScript {
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
        admitted = life.send(NodeCommands.provision(nodeId)).isPresent();
    }

    /** Asks for the node's deletion as soon as nothing else is under way. */
    void goOn(Life life) {
        NodeStory story = story();
        if (!story.status().isEmpty() && !story.status().equals("deleted") && !story.busy()) {
            delete(life, false);
        }
    }

    /** The database is an older one: what was accepted since is not to be found in it. */
    void forgetAnswers() {
        acceptedDeletion = null;
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
        acceptedDeletion = life.send(NodeCommands.delete(nodeId, task, force))
                .flatMap(answer -> answer instanceof DeletionAnswer.Deleting deleting
                        ? Optional.of(deleting.taskId())
                        : Optional.<String>empty())
                .orElse(null);
    }
}
