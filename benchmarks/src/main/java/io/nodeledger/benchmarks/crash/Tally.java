package io.nodeledger.benchmarks.crash;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts schedules and says at once which one failed. */
final class Tally {
    private static final int SAY_EVERY = 50;

    private final PrintStream out;
    private final Map<String, int[]> kinds = new TreeMap<>();
    private final long begun = System.nanoTime();

    Tally(PrintStream out) {
        this.out = out;
    }

    synchronized void take(String kind, String schedule, List<String> violations) {
        int[] counts = kinds.computeIfAbsent(kind, _ -> new int[2]);
        counts[0]++;
        if (!violations.isEmpty()) {
            counts[1]++;
            out.printf("VIOLATED by %s %s:%n", kind, schedule);
            violations.forEach(violation -> out.println("  " + violation));
        }
        if (counts[0] % SAY_EVERY == 0) {
            out.printf("%s: %d schedules, %d with violations, after %d s%n", kind, counts[0], counts[1], seconds());
        }
    }

    void print() {
        kinds.forEach(
                (kind, counts) -> out.printf("%-8s %5d schedules, %d with violations%n", kind, counts[0], counts[1]));
        out.printf("in %d s%n", seconds());
    }

    private long seconds() {
        return (System.nanoTime() - begun) / 1_000_000_000;
    }
}
