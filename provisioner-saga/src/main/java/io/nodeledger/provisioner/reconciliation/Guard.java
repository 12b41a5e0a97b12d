package io.nodeledger.provisioner.reconciliation;

import java.util.function.BooleanSupplier;

/** Whether the pass is still this instance's: asked right before each call that changes something. */
final class Guard {
    private final BooleanSupplier held;

    Guard(BooleanSupplier held) {
        this.held = held;
    }

    /** Goes on only while no other instance has taken the region over. */
    void assertHeld() {
        if (!held.getAsBoolean()) {
            throw new Overtaken();
        }
    }

    /** Another instance has taken the region over, because this one seemed dead. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("another instance has taken the region over");
        }
    }
}
