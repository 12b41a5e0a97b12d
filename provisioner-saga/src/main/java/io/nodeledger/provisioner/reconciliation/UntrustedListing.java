package io.nodeledger.provisioner.reconciliation;

/** A provider answered, but with something that can't be the whole truth; its message says why, for people. */
final class UntrustedListing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntrustedListing(String message) {
        super(message);
    }
}
