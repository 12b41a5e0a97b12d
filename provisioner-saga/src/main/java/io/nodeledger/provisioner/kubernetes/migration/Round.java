package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.drain.Blocker;
import io.nodeledger.provisioner.kubernetes.drain.Budgets;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.drain.EvictionAnswer;
import io.nodeledger.provisioner.kubernetes.drain.Evictions;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import io.nodeledger.provisioner.kubernetes.pod.NodePods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One round of a move: look, ask, say what came of it. */
final class Round {
    /** A look at a large workspace costs its cluster more, so it is taken less often. */
    private static final int PAUSE_PER_LOOK = 4;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration NEXT_CHUNK = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final NodePods onNodes;
    private final DrainSettings settings;
    private final MoveRequest request;
    private final Runnable assertLease;
    private final Directing directing;
    private final Instant now;
    private final Inventory seen;
    private final Duration nextLook;
    private final Budgets budgets;
    private final List<String> waiting = new ArrayList<>();

    private Round(
            KubernetesRegion region,
            DrainSettings settings,
            MoveRequest request,
            Runnable assertLease,
            Instant now,
            Inventory seen,
            Duration look) {
        this.client = region.client();
        this.onNodes = region.nodePods();
        this.settings = settings;
        this.request = request;
        this.assertLease = assertLease;
        this.directing = new Directing(this.client, request.target(), assertLease, now);
        this.now = now;
        this.seen = seen;
        this.nextLook = pauseAfter(look);
        this.budgets = new Budgets(seen.budgets());
    }

    static MoveRound make(
            KubernetesRegion region, DrainSettings settings, MoveRequest request, Runnable assertLease, Instant now)
            throws InterruptedException {
        long begun = System.nanoTime();
        var seen = Inventory.read(region.client(), request.namespaces());
        var look = Duration.ofNanos(System.nanoTime() - begun);
        return new Round(region, settings, request, assertLease, now, seen, look).go();
    }

    private static Duration pauseAfter(Duration look) {
        Duration pause = look.multipliedBy(PAUSE_PER_LOOK);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private MoveRound go() throws InterruptedException {
        var situation = new Situation(request, seen, now);
        var progress = situation.progress();
        var undirected = situation.undirected();
        if (!undirected.isEmpty()) {
            return directed(undirected, progress);
        }
        var lost = situation.lost();
        var turn = turn(situation);
        var ignored = ignored(turn, situation);
        if (ignored.isPresent()) {
            return ignored.get();
        }
        var answers = ask(turn);
        answers.putAll(evictions(Duration.ZERO).removeAtOnce(lost));
        var impossible = blockers(answers, EvictionAnswer.Impossible.class);
        if (!impossible.isEmpty()) {
            return new MoveRound.Impossible(MoveRound.BLOCKED, Blocker.describe(impossible));
        }
        var refused = blockers(answers, EvictionAnswer.Refused.class);
        if (!refused.isEmpty()) {
            return new MoveRound.Impossible(ClusterFaults.REFUSED, Blocker.describe(refused));
        }
        if (situation.workloads().stream().allMatch(situation::isMoved)) {
            return remaining(progress)
                    .<MoveRound>map(reason -> new MoveRound.Moving(progress, reason, settings.evictionRetry()))
                    .orElseGet(() -> new MoveRound.Moved(progress));
        }
        return moving(situation, progress, turn.size() + lost.size(), answers);
    }

    /** The next look tells whether they are: what others wrote at the same time is put right then, too. */
    private MoveRound directed(List<String> namespaces, MoveProgress progress) throws InterruptedException {
        return directing
                .direct(namespaces)
                .<MoveRound>map(Function.identity())
                .orElseGet(() -> new MoveRound.Moving(
                        progress, "Pods were not directed in the namespaces " + PodName.list(namespaces), nextLook));
    }

    /** Whoever directed the namespaces may have crashed before it found out whether that has an effect. */
    private Optional<MoveRound.Impossible> ignored(List<Pod> turn, Situation situation) throws InterruptedException {
        return request.target() instanceof Target.Dedicated dedicated
                ? directing.tried(turn.stream()
                        .map(pod -> pod.getMetadata().getNamespace())
                        .distinct()
                        .filter(namespace -> !situation.isProven(namespace, dedicated))
                        .toList())
                : Optional.empty();
    }

    /** On the way to nodes that a workspace has for itself, its pods have nowhere else to wait for room. */
    private List<Pod> turn(Situation situation) throws InterruptedException {
        var candidates = Turns.next(situation, request.pace(), new Allowances(seen.budgets()));
        if (request.toShared() || candidates.isEmpty()) {
            return candidates.stream().map(Turns.Candidate::pod).toList();
        }
        var room = RoomNow.read(onNodes, request, seen, situation);
        var turn = room.take(candidates);
        waiting.addAll(room.reasons());
        return turn;
    }

    /** Machines that are to go wait for Jobs, and for the people who started pods by hand. */
    private Optional<String> remaining(MoveProgress progress) {
        if (!request.toShared()) {
            return Optional.empty();
        }
        if (!progress.barePods().isEmpty()) {
            return Optional.of("No controller would start these pods elsewhere: " + PodName.list(progress.barePods()));
        }
        return progress.waitingForJobs().isEmpty()
                ? Optional.empty()
                : Optional.of("Waiting for Jobs to finish: " + PodName.list(progress.waitingForJobs()));
    }

    private MoveRound moving(Situation situation, MoveProgress progress, int wanted, Map<Pod, EvictionAnswer> answers) {
        var held = blockers(answers, EvictionAnswer.HeldBack.class);
        boolean goesOn = answers.values().stream().anyMatch(EvictionAnswer.Granted.class::isInstance);
        var reasons = new ArrayList<>(waiting);
        if (!held.isEmpty()) {
            reasons.add("Held back: " + Blocker.describe(held));
        }
        answers.forEach((pod, answer) -> {
            if (answer instanceof EvictionAnswer.Unanswered) {
                reasons.add(PodName.of(pod) + ": " + answer.reason());
            }
        });
        var troubles = situation.workloads().stream()
                .flatMap(workload -> Reasons.of(workload, situation).stream())
                .toList();
        if (!troubles.isEmpty()) {
            reasons.add(PodName.list(troubles));
        }
        boolean more = request.pace() != Pace.ONE_BY_ONE && answers.size() < wanted;
        return new MoveRound.Moving(
                progress,
                reasons.isEmpty() ? null : PodName.list(reasons),
                more ? NEXT_CHUNK : held.isEmpty() || goesOn ? nextLook : settings.evictionRetry());
    }

    private Map<Pod, EvictionAnswer> ask(List<Pod> turn) throws InterruptedException {
        if (request.pace() != Pace.ONE_BY_ONE) {
            return evictions(settings.round()).evict(turn);
        }
        var end = System.nanoTime() + settings.round().toNanos();
        var order = new ArrayList<>(turn);
        Collections.shuffle(order);
        var answers = new LinkedHashMap<Pod, EvictionAnswer>();
        for (var pod : order) {
            var answer = evictions(Duration.ZERO).evict(List.of(pod));
            answers.putAll(answer);
            boolean stays = answer.values().stream().allMatch(EvictionAnswer.HeldBack.class::isInstance);
            if (!stays || System.nanoTime() >= end) {
                break;
            }
        }
        return answers;
    }

    private Evictions evictions(Duration round) {
        return new Evictions(client, settings.parallelEvictions(), round, assertLease);
    }

    private List<Blocker> blockers(Map<Pod, EvictionAnswer> answers, Class<? extends EvictionAnswer> kind) {
        return answers.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(entry ->
                        Blocker.of(entry.getKey(), budgets, entry.getValue().reason()))
                .toList();
    }
}
