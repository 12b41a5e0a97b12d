package io.nodeledger.resilience.crash;

/**
 * A place in an instance's life at which it can be made to crash.
 *
 * @param label what is committed or called, without the ids that differ from run to run
 * @param occurrence counts commits and calls of the same label within a life, from 1
 * @param moment whether the effect has taken place
 */
public record CrashPoint(String label, int occurrence, Moment moment) {
    /** On which side of the effect the crash is. */
    public enum Moment {
        /** Nothing has happened yet. */
        BEFORE,
        /** It has happened, and nobody has been told. */
        AFTER
    }

    @Override
    public String toString() {
        return moment.name().toLowerCase(java.util.Locale.ROOT) + " " + label + " #" + occurrence;
    }
}
