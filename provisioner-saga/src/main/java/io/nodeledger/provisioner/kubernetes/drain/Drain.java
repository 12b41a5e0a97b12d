package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One short round of draining one node: look, ask, wait a moment, say what came of it. */
public final class Drain {
    /** Error code of a drain that can't succeed without force. */
    public static final String BLOCKED = "DRAIN_BLOCKED";
    /** Error code of a drain whose time is up. */
    public static final String TIMEOUT = "DRAIN_TIMEOUT";

    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);
    private static final Duration NEXT_CHUNK = Duration.ofMillis(100);

    private final KubernetesRegion region;
    private final Node node;
    private final Attempt attempt;
    private final Instant end;
    private final DrainSettings settings;
    private final SeenBlockers seen;

    public Drain(
            KubernetesRegion region,
            Node node,
            Attempt attempt,
            Instant end,
            DrainSettings settings,
            SeenBlockers seen) {
        this.region = region;
        this.node = node;
        this.attempt = attempt;
        this.end = end;
        this.settings = settings;
        this.seen = seen;
    }

    /** Does one round. */
    public StepResult round() throws InterruptedException {
        var pods = pods();
        if (pods.isDrained()) {
            return StepResult.done("drained");
        }
        boolean unreachable = Readiness.of(node) == Readiness.UNREACHABLE;
        if (!pods.of(PodFate.UNMANAGED).isEmpty()) {
            return StepResult.failed(BLOCKED, unmanaged(pods.of(PodFate.UNMANAGED)));
        }
        if (!attempt.now().isBefore(end)) {
            return unreachable ? removeUnreachable(pods) : timedOut(pods);
        }
        if (!unreachable && !pods.of(PodFate.EVICTED).isEmpty()) {
            var nowhere = Destinations.missing(pods.of(PodFate.EVICTED), otherNodes());
            if (nowhere.isPresent()) {
                return StepResult.failed(BLOCKED, nowhere.get());
            }
        }
        return ask(pods);
    }

    private StepResult ask(PodsOnNode pods) throws InterruptedException {
        var evictions = evictions();
        var answers = evictions.evict(pods.of(PodFate.EVICTED));
        answers.putAll(evictions.remove(pods.of(PodFate.FINISHED)));
        var impossible = blockers(answers, EvictionAnswer.Impossible.class);
        if (!impossible.isEmpty()) {
            return StepResult.failed(BLOCKED, Blocker.describe(impossible));
        }
        var refused = blockers(answers, EvictionAnswer.Refused.class);
        if (!refused.isEmpty()) {
            return StepResult.failed(ClusterFaults.REFUSED, Blocker.describe(refused));
        }
        var held = blockers(answers, EvictionAnswer.HeldBack.class);
        if (!held.isEmpty()) {
            seen.report(attempt, held);
            return StepResult.waiting("Held back: " + Blocker.describe(held), untilEnd(settings.evictionRetry()));
        }
        var unanswered = unanswered(answers);
        if (unanswered.isPresent()) {
            return StepResult.retry(unanswered.get());
        }
        int wanted = pods.of(PodFate.EVICTED).size() + pods.of(PodFate.FINISHED).size();
        return answers.size() < wanted
                ? StepResult.waiting("%d pods are still to be asked".formatted(wanted - answers.size()), NEXT_CHUNK)
                : lookAgain();
    }

    /** Without the budgets: whoever does not answer evictions would keep us waiting for these, too. */
    private static Optional<String> unanswered(Map<Pod, EvictionAnswer> answers) {
        var silent = answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof EvictionAnswer.Unanswered)
                .map(entry -> new Blocker(
                        PodName.of(entry.getKey()), List.of(), entry.getValue().reason()))
                .toList();
        return silent.isEmpty() ? Optional.empty() : Optional.of(Blocker.describe(silent));
    }

    /** Pods without a grace are gone in milliseconds; the others are left to the next call. */
    private StepResult lookAgain() throws InterruptedException {
        var left = Polling.until(this::pods, PodsOnNode::isDrained).remaining();
        return left.isEmpty()
                ? StepResult.done("drained")
                : StepResult.waiting("%d pods are ending".formatted(left.size()), untilEnd(NEXT_LOOK));
    }

    /** Without a kubelet nobody confirms that a pod has ended, so it would stay for ever (reliability, case 15). */
    private StepResult removeUnreachable(PodsOnNode pods) throws InterruptedException {
        var failed = evictions().removeAtOnce(pods.remaining()).values().stream()
                .filter(answer -> !(answer instanceof EvictionAnswer.Granted))
                .findFirst();
        if (failed.isPresent()) {
            return StepResult.retry("Removing pods of an unreachable node: " + failed.get());
        }
        return pods().isDrained()
                ? StepResult.done("pods removed, the node does not answer")
                : StepResult.waiting("Pods of an unreachable node are being removed", NEXT_LOOK);
    }

    private StepResult timedOut(PodsOnNode pods) {
        var budgets = Budgets.around(region.client(), pods.remaining());
        var blockers = new ArrayList<Blocker>();
        pods.of(PodFate.LEAVING)
                .forEach(pod -> blockers.add(new Blocker(PodName.of(pod), List.of(), "has not ended yet")));
        pods.of(PodFate.EVICTED).forEach(pod -> blockers.add(Blocker.of(pod, budgets, "still on the node")));
        pods.of(PodFate.FINISHED).forEach(pod -> blockers.add(Blocker.of(pod, budgets, "still on the node")));
        return StepResult.failed(TIMEOUT, "The time for moving workloads away is over: " + Blocker.describe(blockers));
    }

    private List<Blocker> blockers(Map<Pod, EvictionAnswer> answers, Class<? extends EvictionAnswer> kind) {
        var concerned = answers.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .toList();
        if (concerned.isEmpty()) {
            return List.of();
        }
        var budgets = Budgets.around(
                region.client(), concerned.stream().map(Map.Entry::getKey).toList());
        return concerned.stream()
                .map(entry ->
                        Blocker.of(entry.getKey(), budgets, entry.getValue().reason()))
                .toList();
    }

    private static String unmanaged(List<Pod> pods) {
        return "No controller would start these pods elsewhere; they are lost only with force: "
                + PodName.list(pods.stream().map(PodName::of).toList());
    }

    private Evictions evictions() {
        return new Evictions(region.client(), settings.parallelEvictions(), settings.round(), attempt::assertLease);
    }

    private List<Node> otherNodes() {
        var name = node.getMetadata().getName();
        return region.client().nodes().list().getItems().stream()
                .filter(other -> !other.getMetadata().getName().equals(name))
                .toList();
    }

    private PodsOnNode pods() {
        return PodsOnNode.read(region.client(), node.getMetadata().getName(), attempt.startedAt());
    }

    private Duration untilEnd(Duration pause) {
        var left = Duration.between(attempt.now(), end);
        return left.compareTo(pause) < 0 && left.isPositive() ? left : pause;
    }
}
