package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.crash.CrashPoint;
import java.util.ArrayDeque;
import java.util.List;

/** Runs nodes through their lives with crashes on the way, and checks after each that nothing is left. */
public final class CrashRuns {
    private final Harness harness;

    public CrashRuns(Harness harness) {
        this.harness = harness;
    }

    /**
     * What came of a run.
     *
     * @param crashes how many of the crashes took place; a point that is not passed any more is none
     * @param passed the points that the last instance passed
     * @param violations what is not as it has to be
     */
    public record Outcome(int crashes, List<CrashPoint> passed, List<String> violations) {}

    /** The points that an undisturbed life of a node passes, in their order. */
    public List<CrashPoint> record() throws InterruptedException {
        return run(List.of()).passed().stream()
                .filter(CrashRuns::isSameInEachRun)
                .toList();
    }

    /** How often something is looked at depends on how long it takes. */
    private static boolean isSameInEachRun(CrashPoint point) {
        return !point.label().contains(" GET ") || point.occurrence() == 1;
    }

    /**
     * Runs one node through its life, crashing at each of the points in turn: the first in the life of the instance that
     * runs, the second in that of its successor, and so on.
     */
    public Outcome run(List<CrashPoint> points) throws InterruptedException {
        var left = new ArrayDeque<>(points);
        var script = NodeScript.withEveryOperation(harness.stores());
        int crashes = 0;
        harness.life().crashes().arm(left.poll());
        while (true) {
            boolean ended = harness.until(
                    () -> harness.life().crashed().isPresent() || script.done(), () -> script.next(harness.life()));
            if (!ended) {
                return new Outcome(
                        crashes,
                        harness.life().crashes().passed(),
                        List.of("I4: " + script.nodeId() + " is still "
                                + script.story().status() + "; steps "
                                + harness.stores().steps()));
            }
            if (harness.life().crashed().isEmpty()) {
                List<CrashPoint> passed = harness.life().crashes().passed();
                harness.life().crashes().arm(null);
                return new Outcome(crashes, passed, harness.violationsOnceQuiet());
            }
            crashes++;
            harness.restart(left.poll());
        }
    }
}
