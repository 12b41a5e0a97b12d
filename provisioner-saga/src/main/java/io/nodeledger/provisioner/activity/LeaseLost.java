package io.nodeledger.provisioner.activity;

/** This instance lost the right to act on a step: paused for too long, or the operation was called off meanwhile. */
public class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(String message) {
        super(message);
    }
}
