package io.nodeledger.provisioner.activity;

/** Makes the cloud-init user-data with which a machine joins its region's Kubernetes cluster. */
public interface JoinSeeds {
    /**
     * User-data with a short-lived join token of this node's own. Asked again, it answers the same token as long as
     * that is valid.
     *
     * @param node the node whose machine will boot with it
     * @param beforeEach checked right before each call that changes something in the cluster
     * @return a {@code #cloud-config} document
     * @throws JoinUnavailable when the cluster gives no token now
     */
    String userDataFor(NodeFacts node, Runnable beforeEach);
}
