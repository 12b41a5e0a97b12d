package io.nodeledger.base.eventstore;

/**
 * An event was written by a newer version. This instance neither decides on its stream nor goes past it; an instance of that
 * version does, which will soon be all there are.
 */
public final class NewerEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param revision the event's, as far as it has one */
    public NewerEvent(String type, String revision) {
        super("The log has an event that only a newer version knows, which this instance leaves to that: " + type
                + " in revision " + revision);
    }
}
