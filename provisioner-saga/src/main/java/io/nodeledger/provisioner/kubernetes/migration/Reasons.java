package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What keeps a workload from going on, as far as it can be seen, for people. What only takes its time is no reason. */
final class Reasons {
    private static final Set<String> PASSING = Set.of("ContainerCreating", "PodInitializing");

    private Reasons() {}

    static List<String> of(KeptPods workload, Situation situation) {
        if (workload.isDaemonSet()) {
            return List.of();
        }
        var pods = workload.active().stream().flatMap(pod -> of(pod, situation).stream());
        var stranded = situation.stranded(workload).stream()
                .map(pod -> "%s ends on node %s, which does not answer".formatted(PodName.of(pod), KeptPods.node(pod)));
        int lacking = workload.desired() - workload.active().size();
        var fewer = lacking > 0 && workload.ending().isEmpty()
                ? Stream.of("%s has %d of %d pods"
                        .formatted(workload.name(), workload.active().size(), workload.desired()))
                : Stream.<String>empty();
        return Stream.of(pods, stranded, fewer).flatMap(Function.identity()).toList();
    }

    private static Optional<String> of(Pod pod, Situation situation) {
        if (situation.cameBack(pod)) {
            return Optional.of("%s came back to node %s".formatted(PodName.of(pod), KeptPods.node(pod)));
        }
        var status = pod.getStatus();
        if (status == null || situation.isOnLeaving(pod)) {
            return Optional.empty();
        }
        var unplaced = status.getConditions().stream()
                .filter(one -> "PodScheduled".equals(one.getType()) && "False".equals(one.getStatus()))
                .map(one -> Objects.requireNonNullElse(one.getMessage(), "it has no node"));
        var waiting = waiting(status).map(Reasons::describe);
        return Stream.concat(unplaced, waiting).findFirst().map(why -> PodName.of(pod) + ": " + why);
    }

    /** Whether one of its containers waits because it could not be started, or crashed. */
    static boolean isFailing(Pod pod) {
        return pod.getStatus() != null && waiting(pod.getStatus()).findAny().isPresent();
    }

    private static Stream<ContainerStateWaiting> waiting(PodStatus status) {
        return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                .filter(one -> one.getState() != null && one.getState().getWaiting() != null)
                .map(one -> one.getState().getWaiting())
                .filter(one -> one.getReason() != null && !PASSING.contains(one.getReason()));
    }

    private static String describe(ContainerStateWaiting waiting) {
        return waiting.getMessage() == null ? waiting.getReason() : waiting.getReason() + ", " + waiting.getMessage();
    }
}
