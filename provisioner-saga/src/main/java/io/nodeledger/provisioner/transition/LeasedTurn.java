package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionCommand.RecordTransition;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A turn as the instance's claim and the transition's stream allow it. */
final class LeasedTurn implements Turn {
    /** What lasts no longer is not worth an event. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(10);
    /** Reasons that change all the time are told no oftener. */
    private static final Duration BETWEEN_REASONS = Duration.ofSeconds(30);

    private final TransitionRecord transition;
    private final TransitionStage stage;
    private final RunningTransitions running;
    private final PlatformCommands commands;
    private final TransitionStreams streams;
    private final Claim claim;
    private final InstantSource clock;
    private final Instant progressedAt;
    private @Nullable String unit;
    private @Nullable String waiting;
    /** Up to here the stream wants this stage. */
    private volatile long lastEvent = -1;

    LeasedTurn(
            TransitionRecord transition,
            TransitionStage stage,
            RunningTransitions.Row row,
            RunningTransitions running,
            PlatformCommands commands,
            TransitionStreams streams,
            Claim claim,
            InstantSource clock) {
        this.transition = transition;
        this.stage = stage;
        this.running = running;
        this.commands = commands;
        this.streams = streams;
        this.claim = claim;
        this.clock = clock;
        this.progressedAt = row.progressedAt();
        this.unit = row.unit();
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String begunUnit() {
        return unit == null ? "" : unit;
    }

    @Override
    public void begin(String begun) {
        unit = begun.isEmpty() ? null : begun;
        running.begin(transition.id(), unit);
    }

    @Override
    public void progress(long number) {
        running.progress(transition.id(), number, now());
    }

    @Override
    public void waitsFor(String reason) {
        waiting = reason;
        if (isKnown(reason)) {
            return;
        }
        boolean another = transition.reason() != null;
        Instant worthTelling =
                another ? transition.times().updatedAt().plus(BETWEEN_REASONS) : progressedAt.plus(WORTH_TELLING);
        if (now().isAfter(worthTelling)) {
            boolean _ = send(new TransitionOutcome.Delayed(reason));
        }
    }

    /** Whether this was told already, or people were asked to look. */
    private boolean isKnown(String reason) {
        var told = transition.reason();
        return told != null
                && told.stage() == stage
                && (told.attention() || told.text().equals(reason));
    }

    /** When it last got on, as of now. */
    Instant progressedAt() {
        return running.at(transition.id(), stage, now())
                .map(RunningTransitions.Row::progressedAt)
                .orElse(progressedAt);
    }

    /** What was waited for in this turn. */
    String waiting() {
        return waiting == null ? "" : waiting;
    }

    @Override
    public void record(TransitionOutcome outcome) {
        if (!send(outcome)) {
            throw new TurnLost("the transition has gone on without this");
        }
    }

    /** Asks people to look. They were asked already, as a rule. */
    @Override
    public void askPeople(String reason) {
        boolean _ = send(new TransitionOutcome.Stuck(reason));
    }

    private boolean send(TransitionOutcome outcome) {
        return commands.send(
                transition,
                new RecordTransition(transition.id(), transition.plan().workspaceId(), stage, outcome, now()));
    }

    @Override
    public void assertLease() {
        if (!claim.holds()) {
            throw new TurnLost("another instance works on the transition");
        }
        long now = streams.last(transition.id());
        if (now != lastEvent) {
            boolean due = streams.read(transition.id())
                    .flatMap(TransitionRecord::stage)
                    .filter(stage::equals)
                    .isPresent();
            if (!due) {
                throw new TurnLost("the transition has turned back");
            }
            lastEvent = now;
        }
    }
}
