package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.crash.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The worlds of all tests of this JVM that need no particular one, and what an undisturbed life in them passes. */
final class SharedHarnesses {
    private static final int SIDE_BY_SIDE = 4;

    static final Harnesses WORLDS = new Harnesses(SIDE_BY_SIDE);
    /** Worlds in which the reconciler is at work all the time. */
    static final Harnesses RECONCILED = new Harnesses(SIDE_BY_SIDE, RestoreRuns.OFTEN);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedHarnesses::close, "end-worlds"));
    }

    private SharedHarnesses() {}

    /** Recorded once. */
    private static final class Recording {
        private static final List<CrashPoint> POINTS = record();

        private static List<CrashPoint> record() {
            try {
                return WORLDS.ask(harness -> new CrashRuns(harness).record());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopping);
            }
        }
    }

    static List<CrashPoint> points() {
        return Recording.POINTS;
    }

    private static void close() {
        try {
            WORLDS.close();
            RECONCILED.close();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
