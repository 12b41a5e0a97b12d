package io.nodeledger.resilience.world;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The commands that callers send, as values and as lines of text. */
public final class NodeCommands {
    /** The workspace that all nodes belong to. */
    public static final String WORKSPACE = "ws-crash";

    private static final PlanTerms SMALL = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));
    private static final int DRAIN_SECONDS = 30;

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
