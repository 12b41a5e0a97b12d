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
    /** Six nodes come and six go by this many calls and more. */
    private static final int CALLS = 80;

    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final int TRIES = 5;

    private final Harness harness;

    public PauseRuns(Harness harness) {
        this.harness = harness;
    }

    /** Runs nodes through their lives; a seed chooses when the pause begins. */
    public List<String> run(long seed) throws IOException, InterruptedException {
        var random = new Random(seed);
        try (ForkedLife other = harness.world().forkAnother()) {
            List<NodeScript> old = provisioned();
            harness.allBecome(ids(old), "running");
            for (int i = 0; i < TRIES; i++) {
                List<NodeScript> young = provisioned();
                old.forEach(node -> node.goOn(harness.life()));
                var found = new ArrayList<String>();
                boolean paused = pause(other, random.nextInt(CALLS), found, old, young);
                found.addAll(harness.violationsOnceQuiet());
                if (paused || !found.isEmpty()) {
                    return ended(young, found);
                }
                old = young;
            }
            ended(old, List.of());
            return List.of("The instance held nothing when it was paused, each time");
        }
    }

    /** Says whether the pause hit anything. */
    private boolean pause(ForkedLife other, int calls, List<String> found, List<NodeScript> old, List<NodeScript> young)
            throws IOException, InterruptedException {
        boolean held;
        String moment;
        try (LateCall late = LateCall.after(calls, harness.world())) {
            moment = late.await(Harness.PATIENCE).toString();
            other.pause();
            Thread.sleep(SILENCE);
            held = harness.stores().silentSteps(SILENCE.dividedBy(2)) > 0;
            if (!harness.allBecome(ids(old), "deleted") || !harness.allBecome(ids(young), "running")) {
                found.add("I4: what the paused instance held at %s is not taken over; steps %s"
                        .formatted(moment, harness.stores().steps()));
            }
        }
        other.goOn();
        return held;
    }

    private List<String> ended(List<NodeScript> nodes, List<String> soFar) throws InterruptedException {
        var found = new ArrayList<>(soFar);
        for (NodeScript node : nodes) {
            if (!harness.until(node::done, () -> node.goOn(harness.life()))) {
                found.add("I4: %s is still %s"
                        .formatted(node.nodeId(), node.story().status()));
            }
        }
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }

    private List<NodeScript> provisioned() {
        List<NodeScript> nodes = Stream.generate(() -> new NodeScript(harness.stores()))
                .limit(NODES)
                .toList();
        nodes.forEach(node -> node.provision(harness.life()));
        return nodes;
    }

    private static List<String> ids(List<NodeScript> nodes) {
        return nodes.stream().map(NodeScript::nodeId).toList();
    }
}
