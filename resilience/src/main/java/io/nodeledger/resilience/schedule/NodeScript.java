package io.nodeledger.resilience.schedule;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.Stores;
import io.nodeledger.resilience.world.Life;
import io.nodeledger.resilience.world.NodeCommands;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of one node: that it runs, that whatever is planned happens to it, then that it is gone. A caller
 * without an answer looks and asks again.
 */
final class NodeScript {
    private final String nodeId = Ids.node();
    /** What begins an operation that can be planned. */
    private static final Set<String> PLANNED = Set.of("PowerOperationStarted", "NodeUpdateStarted");

    private final Stores stores;
    private final List<OperationType> plan;
    private boolean wanted;
    private boolean admitted;
    private @Nullable String acceptedDeletion;

    /** A short life. */
    NodeScript(Stores stores) {
        this(stores, List.of());
    }

    private NodeScript(Stores stores, List<OperationType> plan) {
        this.stores = stores;
        this.plan = plan;
    }

    /** A life with every operation in it. */
    static NodeScript withEveryOperation(Stores stores) {
        return new NodeScript(
                stores, List.of(OperationType.STOP, OperationType.START, OperationType.REBOOT, OperationType.UPDATE));
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
        if (story.status().isEmpty() || story.status().equals("deleted") || story.busy()) {
            return;
        }
        due(story.status()).ifPresentOrElse(type -> ask(life, type), () -> delete(life, false));
    }

    /** The next of the plan that is possible; as many are behind it as have begun. */
    private Optional<OperationType> due(String status) {
        long begun = stores.stream(nodeId).stream()
                .filter(event -> PLANNED.contains(event.type()))
                .count();
        return plan.stream()
                .skip(begun)
                .filter(type -> isPossible(type, status))
                .findFirst();
    }

    private static boolean isPossible(OperationType type, String status) {
        return switch (type) {
            case START -> status.equals("stopped");
            case STOP, REBOOT, UPDATE -> status.equals("running");
            case PROVISION, DELETE -> false;
        };
    }

    private void ask(Life life, OperationType type) {
        var _ = life.send(
                type == OperationType.UPDATE
                        ? NodeCommands.relabel(nodeId, "crash")
                        : NodeCommands.power(nodeId, type));
    }

    /** Asks for whatever may be refused: the node may be in anything. */
    void ask(Life life, NodeCommand command) {
        if (!story().status().isEmpty()) {
            var _ = life.send(command);
        }
    }

    /** Calls off what is under way. */
    void cancel(Life life) {
        stores.stream(nodeId).stream()
                .map(event -> event.text("operationId"))
                .filter(operation -> !operation.isEmpty())
                .reduce((_, last) -> last)
                .ifPresent(last -> ask(life, NodeCommands.cancel(nodeId, last)));
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
