package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.migration.Target;
import io.nodeledger.provisioner.kubernetes.migration.WorkspaceMoves;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The clusters in which a transition moves workloads. */
final class Clusters {
    private final KubernetesRegions regions;
    private final DrainSettings settings;
    private final LiveNodes nodes;
    private final DirectedRegions directed;
    private final InstantSource clock;

    Clusters(
            KubernetesRegions regions,
            DrainSettings settings,
            LiveNodes nodes,
            DirectedRegions directed,
            InstantSource clock) {
        this.directed = directed;
        this.regions = regions;
        this.settings = settings;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * Where something is to move: where new nodes are made; or where nodes are given up, and where namespaces may still be
     * directed to nodes that are gone, as far as that region is still there.
     */
    List<String> regions(TransitionRecord transition) {
        if (transition.toDedicated()) {
            return List.of(Objects.requireNonNull(transition.plan().region()));
        }
        Stream<String> ofNodes = transition.members().stream()
                .map(Member::node)
                .filter(Objects::nonNull)
                .map(TransitionNode::region);
        Stream<String> before =
                directed.of(transition.plan().workspaceId()).stream().filter(regions::has);
        return Stream.concat(ofNodes, before).distinct().sorted().toList();
    }

    WorkspaceMoves in(String region) {
        return new WorkspaceMoves(regions.of(region), settings, clock);
    }

    List<String> namespaces(TransitionRecord transition, String region) {
        return in(region)
                .namespaces(transition.plan().namespace(), transition.plan().workspaceId());
    }

    /** Names in Kubernetes of nodes of the transition. */
    static Set<String> names(TransitionRecord transition, String region, Predicate<Member> which) {
        return transition.members().stream()
                .filter(member ->
                        member.node() != null && member.node().region().equals(region))
                .filter(which)
                .map(member -> member.nodeId() + "-k8s")
                .collect(Collectors.toSet());
    }

    /** The workspace's dedicated nodes, with whatever taints its users gave them. */
    Target.Dedicated dedicated(TransitionRecord transition) {
        List<Taint> taints = transition.toDedicated()
                ? List.of()
                : transition.members().stream()
                        .flatMap(member -> nodes.read(member.nodeId()).taints().stream())
                        .filter(taint -> !taint.key().equals(Target.WORKSPACE_TAINT))
                        .distinct()
                        .toList();
        return new Target.Dedicated(transition.plan().workspaceId(), taints);
    }

    void cordon(TransitionRecord transition, Turn turn) {
        for (String region : regions(transition)) {
            in(region).cordon(transition.plan().workspaceId(), names(transition, region, _ -> true), turn::assertLease);
        }
    }

    /** Opens nodes again, but for those that are stopped: their next start does that, when it is proven. */
    void uncordon(TransitionRecord transition, Turn turn) {
        Map<String, NodeStatus> statuses = nodes.statuses(transition.members());
        for (String region : regions(transition)) {
            Set<String> running =
                    names(transition, region, member -> statuses.get(member.nodeId()) == NodeStatus.RUNNING);
            in(region).uncordon(transition.plan().workspaceId(), running, turn::assertLease);
        }
    }
}
