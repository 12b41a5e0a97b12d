package io.nodeledger.resilience.world;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands that callers send, as values and as lines of text. */
public final class NodeCommands {
    /** The workspace that all nodes belong to. */
    public static final String WORKSPACE = "ws-crash";

    private static final PlanTerms SMALL = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));
    /** The API's default, and longer than the longest outage: whoever gives up sooner has not been failed. */
    private static final int DRAIN_SECONDS = 300;

    private NodeCommands() {}

    /** Asks for a node of any name. */
    public static ProvisionNode provision(String nodeId) {
        return provision(nodeId, "n" + nodeId.substring(nodeId.length() - 20));
    }

    /** Asks for a node of this name. */
    public static ProvisionNode provision(String nodeId, String name) {
        return new ProvisionNode(
                WORKSPACE,
                nodeId,
                Ids.task(),
                name,
                World.REGION,
                SMALL,
                List.of(World.REGION),
                Map.of(),
                Map.of("environment", "crash"),
                List.of(),
                600,
                Instant.now());
    }

    /** Asks for a node's deletion. */
    public static DeleteNode delete(String nodeId, String taskId, boolean force) {
        return new DeleteNode(nodeId, WORKSPACE, taskId, force, DRAIN_SECONDS, 60, Instant.now());
    }

    /** Asks for a node to be started, stopped or rebooted, without force. */
    public static NodeCommand power(String nodeId, OperationType type) {
        String operation = Ids.operation();
        return switch (type) {
            case START -> new StartNode(nodeId, WORKSPACE, operation, VersionCondition.ANY, 60, Instant.now());
            case STOP ->
                new StopNode(
                        nodeId,
                        WORKSPACE,
                        operation,
                        true,
                        false,
                        DRAIN_SECONDS,
                        VersionCondition.ANY,
                        60,
                        Instant.now());
            case REBOOT ->
                new RebootNode(
                        nodeId,
                        WORKSPACE,
                        operation,
                        true,
                        false,
                        DRAIN_SECONDS,
                        VersionCondition.ANY,
                        60,
                        Instant.now());
            case PROVISION, DELETE, UPDATE -> throw new IllegalArgumentException(type + " switches no machine");
        };
    }

    /** Asks for another label on a node. */
    public static UpdateNode relabel(String nodeId, String value) {
        return new UpdateNode(
                nodeId,
                WORKSPACE,
                Ids.operation(),
                Map.of("tier", Optional.of(value)),
                null,
                VersionCondition.ANY,
                5,
                Instant.now());
    }

    /** Asks for a node to be provisioned anew. */
    public static RetryProvisioning retry(String nodeId) {
        return new RetryProvisioning(nodeId, WORKSPACE, Ids.task(), Map.of(), VersionCondition.ANY, 600, Instant.now());
    }

    /** Calls an operation off. */
    public static CancelOperation cancel(String nodeId, String operationId) {
        return new CancelOperation(nodeId, WORKSPACE, operationId, Instant.now());
    }

    /** Reads {@code provision NODE} or {@code delete NODE}. */
    static Object parse(String line) {
        String[] words = line.split(" ", 2);
        return switch (words[0]) {
            case "provision" -> provision(words[1]);
            case "delete" -> delete(words[1], Ids.task(), false);
            default -> throw new IllegalArgumentException(line);
        };
    }
}
