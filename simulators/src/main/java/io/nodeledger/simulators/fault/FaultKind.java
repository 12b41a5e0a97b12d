package io.nodeledger.simulators.fault;

import io.nodeledger.simulators.request.Target;
import java.util.Locale;

/** What goes wrong. */
public enum FaultKind {
    /** The given status and reason instead of the work. */
    STATUS,
    /** No answer and no work; with a delay, both after it. */
    HANG,
    /** The work is done, and the connection is closed without an answer. */
    LOST_REPLY,
    /** The started task does nothing and fails, with the given reason as its exit status, after the delay. */
    TASK_FAILURE,
    /** The started task does nothing and never ends; with a delay, it begins after it. */
    TASK_HANG,
    /** The machine's lock can't be had: the task or the request fails. */
    LOCK,
    /** A list without its items; a watch that tells nothing. */
    EMPTY_LIST,
    /** 403, as without the right. */
    DENIED,
    /** Not to be reached: Proxmox's proxy answers 595, Kubernetes' connections are closed. */
    PARTITION;

    /** Kubernetes has neither tasks nor locks. */
    public boolean happensTo(Target target) {
        return switch (this) {
            case TASK_FAILURE, TASK_HANG, LOCK -> target == Target.PROXMOX;
            case STATUS, HANG, LOST_REPLY, EMPTY_LIST, DENIED, PARTITION -> true;
        };
    }

    /** Its name outside of this program. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
