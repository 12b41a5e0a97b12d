package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be moved.
 *
 * @param namespaces whose pods, see {@link WorkspaceNamespaces}
 * @param target where to
 * @param leaving names of the nodes that pods have to leave; only for {@link Target.Shared}: on the way to dedicated nodes
 *     pods leave all others
 * @param pace how fast
 * @param unwell workloads that were not whole before the migration, with the most ready pods that they are known to have had
 *     since: they need not become better, but if they do, they keep that, see {@link #having}
 * @param growing whether nodes of the target are still being made, so that more room is to come
 */
public record MoveRequest(
        List<String> namespaces,
        Target target,
        Set<String> leaving,
        Pace pace,
        Map<WorkloadName, Integer> unwell,
        boolean growing) {
    public MoveRequest {
        namespaces = List.copyOf(namespaces);
        leaving = Set.copyOf(leaving);
        unwell = Map.copyOf(unwell);
    }

    /** All pods to the workspace's dedicated nodes. */
    public static MoveRequest toDedicated(
            List<String> namespaces, Target.Dedicated target, Pace pace, Map<WorkloadName, Integer> unwell) {
        return new MoveRequest(namespaces, target, Set.of(), pace, unwell, false);
    }

    /** The pods of some dedicated nodes, by their names in Kubernetes, to shared ones. */
    public static MoveRequest toShared(
            List<String> namespaces, Set<String> leaving, Pace pace, Map<WorkloadName, Integer> unwell) {
        return new MoveRequest(namespaces, new Target.Shared(), leaving, pace, unwell, false);
    }

    /** The same while nodes of the target are still being made. */
    public MoveRequest whileNodesAreMade() {
        return new MoveRequest(namespaces, target, leaving, pace, unwell, true);
    }

    /**
     * The same, with what workloads are known to have had meanwhile, see {@link MoveProgress#steady}. A round that finds
     * more evicts none of it: whoever makes the next one has to know.
     */
    public MoveRequest having(Map<WorkloadName, Integer> steady) {
        var most = new HashMap<>(unwell);
        most.replaceAll((workload, ready) -> Math.max(ready, steady.getOrDefault(workload, 0)));
        return new MoveRequest(namespaces, target, leaving, pace, most, growing);
    }

    /** Whether pods have to leave the node. */
    boolean leaves(Node node) {
        return switch (target) {
            case Target.Dedicated dedicated -> !dedicated.includes(node);
            case Target.Shared _ -> leaving.contains(node.getMetadata().getName());
        };
    }

    boolean toShared() {
        return target instanceof Target.Shared;
    }
}
