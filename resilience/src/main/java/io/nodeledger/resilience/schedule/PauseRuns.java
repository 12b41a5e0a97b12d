package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.world.ForkedLife;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Two instances of everything at once, one of which stands still in the middle of its work for longer than its leases and
 * claims last. Whatever it was about to do it does when it goes on, and one call that had already left takes effect only then.
 */
public final class PauseRuns {
    private static final int NODES = 6;
    /** Six nodes come and six go by more calls than this. */
    private static final int CALLS = 60;

    private static final int TRIES = 5;
    /** Longer than a heartbeat, and shorter than a lease. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final Harness harness;

    public PauseRuns(Harness harness) {
        this.harness = harness;
    }

    /**
     * Lets nodes come and go with such a pause.
     *
     * @param seed chooses where it begins; where the instance that is to pause has no step in hand, it is done once more
     * @return what is not as it has to be
     */
    public List<String> run(long seed) throws IOException, InterruptedException {
        var random = new Random(seed);
        Crowd old = Crowd.of(NODES, harness);
        try (ForkedLife other = harness.world().forkAnother()) {
            var found = new ArrayList<>(old.become("running"));
            for (int i = 0; i < TRIES; i++) {
                Crowd young = Crowd.of(NODES, harness);
                harness.expectTokensLeft(young.ids());
                old.delete();
                boolean held = pause(other, random.nextInt(CALLS), old, young, found);
                found.addAll(harness.violationsOnceQuiet());
                if (held || !found.isEmpty()) {
                    found.addAll(young.end());
                    return found;
                }
                old = young;
            }
            found.addAll(old.end());
            found.add("The instance had no step in hand when it was paused, each time");
            return found;
        }
    }

    /** Says whether the paused instance had a step in hand. */
    private boolean pause(ForkedLife other, int callsBefore, Crowd old, Crowd young, List<String> found)
            throws IOException, InterruptedException {
        boolean held;
        try (LateCall late = LateCall.after(callsBefore, harness.world())) {
            var call = late.await(Harness.PATIENCE);
            other.pause();
            Thread.sleep(SILENCE);
            held = harness.stores().silentSteps(SILENCE.dividedBy(2)) > 0;
            Stream.of(old.become("deleted"), young.become("running"))
                    .flatMap(List::stream)
                    .forEach(violation -> found.add(violation + ", paused at " + call));
        }
        other.goOn();
        return held;
    }
}
