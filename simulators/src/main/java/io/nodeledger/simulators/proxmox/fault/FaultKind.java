package io.nodeledger.simulators.proxmox.fault;

/** What goes wrong. */
public enum FaultKind {
    /** The given status and reason instead of the work. */
    STATUS,
    /** No answer; the work is not done. */
    HANG,
    /** The work is done, its answer is not sent. */
    LOST_REPLY,
    /** The started task fails with the given reason as its exit status. */
    TASK_FAILURE,
    /** The started task never ends. */
    TASK_HANG,
    /** The machine's lock cannot be had. */
    LOCK,
    /** 200 with an empty list. */
    EMPTY_LIST,
    /** 403, as for a token without rights. */
    DENIED,
    /** The host cannot be reached by its peers: 595. */
    PARTITION
}
