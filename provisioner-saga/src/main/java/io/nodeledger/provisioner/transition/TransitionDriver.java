package io.nodeledger.provisioner.transition;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.base.messaging.Outages;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Works on the transitions that are due, each by one instance at a time, and each round by what its stream says at that moment.
 * Whatever is cut off is looked at again.
 */
final class TransitionDriver {
    private static final Logger log = LoggerFactory.getLogger(TransitionDriver.class);
    private static final int AT_ONCE = 32;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration AFTER_BUG = Duration.ofSeconds(30);

    private final RunningTransitions running;
    private final TransitionStreams streams;
    private final Map<TransitionStage, StageWork> works;
    private final PlatformCommands commands;
    private final Membership membership;
    private final RegionTurns turns;
    private final String holder;
    private final TransitionSettings settings;
    private final InstantSource clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    TransitionDriver(
            RunningTransitions running,
            TransitionStreams streams,
            List<StageWork> works,
            PlatformCommands commands,
            RegionTurns turns,
            String holder,
            TransitionSettings settings,
            InstantSource clock) {
        this.running = running;
        this.streams = streams;
        this.works = works.stream()
                .flatMap(work -> work.stages().stream().map(stage -> Map.entry(stage, work)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.commands = commands;
        this.membership = new Membership(commands);
        this.turns = turns;
        this.holder = holder;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to work on what is due, each transition in a thread of its own. */
    void look(Consumer<Runnable> threads) {
        for (String id : running.due(clock.instant(), holder, AT_ONCE)) {
            if (underWay.add(id)) {
                threads.accept(() -> {
                    try (var _ = MDC.putCloseable("transition_id", id)) {
                        work(id);
                    } finally {
                        underWay.remove(id);
                    }
                });
            }
        }
    }

    private void work(String id) {
        try {
            var claim = new Claim(turns, id);
            while (!Thread.currentThread().isInterrupted() && claim.holds()) {
                if (!round(id, claim)) {
                    return;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            if (Outages.explain(failure)) {
                log.debug("Transition {} waits for the database", id, failure);
            } else {
                log.error("Transition {} can't be worked on", id, failure);
                running.rest(id, clock.instant(), AFTER_BUG);
            }
        }
    }

    /** Makes a round; says whether the next one is to follow at once. */
    private boolean round(String id, Claim claim) throws InterruptedException {
        Optional<TransitionRecord> read = streams.read(id);
        Optional<TransitionStage> stage = read.flatMap(TransitionRecord::stage);
        Optional<RunningTransitions.Row> row = stage.flatMap(it -> running.at(id, it, clock.instant()));
        if (stage.isEmpty()) {
            if (read.isPresent()) {
                membership.end(read.get(), clock.instant());
            }
            running.forget(id);
        }
        if (row.isEmpty()) {
            return false;
        }
        TransitionRecord transition = read.orElseThrow();
        var turn = new LeasedTurn(transition, stage.orElseThrow(), row.get(), running, commands, streams, claim, clock);
        Duration pause = pauseAfter(transition, stage.get(), turn);
        if (pause.isPositive()) {
            running.pause(id, clock.instant(), pause, row.get().news());
        }
        return pause.isZero();
    }

    private Duration pauseAfter(TransitionRecord transition, TransitionStage stage, LeasedTurn turn)
            throws InterruptedException {
        try {
            Duration pause = attempt(transition, stage, turn);
            return pause.isPositive() ? orGiveUp(transition, stage, turn, pause) : pause;
        } catch (TurnLost elsewhere) {
            log.debug("Transition {} at {}: {}", transition.id(), stage, elsewhere.getMessage());
            return StageWork.SOON;
        }
    }

    /** Neither a silent cluster nor a mistake of ours ends a transition at once; both wear its patience out. */
    private Duration attempt(TransitionRecord transition, TransitionStage stage, LeasedTurn turn)
            throws InterruptedException {
        try {
            return work(stage).round(transition, turn);
        } catch (TurnLost elsewhere) {
            throw elsewhere;
        } catch (KubernetesClientException silent) {
            turn.waitsFor("Kubernetes: " + ClusterFaults.reason(silent));
            return AFTER_FAILURE;
        } catch (RuntimeException failure) {
            if (Outages.explain(failure)) {
                throw failure;
            }
            log.error("Transition {} fails at {}", transition.id(), stage, failure);
            turn.waitsFor("It can't be worked on for a reason that is in the log.");
            return AFTER_BUG;
        }
    }

    private StageWork work(TransitionStage stage) {
        StageWork work = works.get(stage);
        if (work == null) {
            throw new IllegalStateException("Nobody works on " + stage);
        }
        return work;
    }

    /** What gets no further for too long is undone, or told to people where there is no way back. */
    private Duration orGiveUp(TransitionRecord transition, TransitionStage stage, LeasedTurn turn, Duration pause) {
        Duration patience = settings.patienceAt(stage, transition);
        if (stage == TransitionStage.AWAIT_WINDOW
                || turn.now().isBefore(turn.progressedAt().plus(patience))) {
            return pause;
        }
        String reason = "It got no further at '%s' for %d s. %s"
                .formatted(stage.word(), patience.toSeconds(), turn.waiting())
                .strip();
        if (transition.failure() == null && !transition.switched()) {
            turn.record(new TransitionOutcome.Failed("TRANSITION_TIMEOUT", reason));
            return StageWork.ON;
        }
        turn.askPeople(reason);
        return pause;
    }
}
