package io.nodeledger.provisioner.transition;

/** Somebody else works on the transition now, or there is something else to be done for it. */
final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(String why) {
        super(why);
    }
}
