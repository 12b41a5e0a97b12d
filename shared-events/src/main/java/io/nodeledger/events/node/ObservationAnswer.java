package io.nodeledger.events.node;

/** How a node took what was seen of it. */
public enum ObservationAnswer {
    /** It is recorded now. */
    RECORDED,
    /** It changes nothing: the node knows it already, is in an operation, or has gone on since. */
    NO_LONGER_FITS
}
