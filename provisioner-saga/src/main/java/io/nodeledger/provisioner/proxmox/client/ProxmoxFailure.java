package io.nodeledger.provisioner.proxmox.client;

import java.util.Locale;

/** A call to Proxmox VE that did not succeed, with the class that says what to do about it. */
public final class ProxmoxFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a failure means for whoever called (source: drivers, signals table). */
    public enum Kind {
        /** Passing: try again with backoff. */
        RETRY,
        /** Nobody answers, and nothing was changed: look again until the time is up, however often that is. */
        UNREACHABLE,
        /** The cluster as a whole is not ready, or too much is being asked of it: try again, seldom. */
        RETRY_SLOWLY,
        /** Another task holds the machine's lock: look again. */
        LOCKED,
        /** The configuration changed since it was read: read again, then retry. */
        CHECKSUM,
        /** Something exists under the id: look whose it is. */
        ID_TAKEN,
        /** Nobody knows whether the call took effect: look before doing anything. */
        UNKNOWN_OUTCOME,
        /** The machine or volume is not there (any more). */
        ABSENT,
        /** The machine runs where it should not. */
        RUNNING,
        /** The machine does not run where it should. */
        NOT_RUNNING,
        /** The guest agent does not answer (yet). */
        AGENT_SILENT,
        /** No space is left. */
        OUT_OF_SPACE,
        /** The token is not accepted, which also happens for a moment while it is rotated. */
        UNAUTHENTICATED,
        /** The token may not do this. */
        DENIED,
        /** It will never work like this. */
        PERMANENT;

        /** The kind's word in metrics. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;

    public ProxmoxFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ProxmoxFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the failure means. */
    public Kind kind() {
        return kind;
    }
}
