package io.nodeledger.provisioner.activity;

/** A region's Kubernetes cluster gives a machine no way to join at the moment; its message says why, for people. */
public final class JoinUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    public JoinUnavailable(String reason, boolean refused, Throwable cause) {
        super(reason, cause);
        this.refused = refused;
    }

    /** Whether asking again never helps. */
    public boolean refused() {
        return refused;
    }

    /** Why, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
