package io.nodeledger.provisioner.activity;

/** The operation began before a restore that nobody has acknowledged, and is about to take a machine away. */
final class BeforeRestore extends LeaseLost {
    private static final long serialVersionUID = 1L;

    private final int epoch;

    BeforeRestore(int epoch) {
        super("epoch " + epoch + " has not been acknowledged");
        this.epoch = epoch;
    }

    /** The epoch that the restore has opened. */
    int epoch() {
        return epoch;
    }
}
