package io.nodeledger.base.eventstore;

/**
 * What a position says of its epoch: the log begins another one when its database has been restored to an earlier moment, and
 * positions begin with the epoch's number. Mirrors {@code eventstore.open_epoch}.
 */
public final class Epoch {

    private static final int BITS = 36;

    private Epoch() {}

    /**
     * The place before a position's epoch, 0 in the first one. Whoever appended in an epoch has come to an end before the next
     * one's first event, so where that is seen, all that there will ever be below is seen too.
     */
    public static long floorOf(long position) {
        return Math.max(0, (position >>> BITS << BITS) - 1);
    }

    /** A number of a stream with the epoch of a position in front, so that it is none that a lost event had. */
    public static long inFront(long position, long number) {
        return position >>> BITS << BITS | number;
    }
}
