package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.provisioner.activity.NodeFacts;

/** A cluster that the steps are tried against. */
public interface TestCluster extends AutoCloseable {
    /** Its region, {@code us-west-2}, as the steps reach it. */
    KubernetesRegions regions();

    /** Lets a machine boot with this user-data. */
    void boot(NodeFacts node, String userData);

    /** Lets the node's kubelet go silent until the cluster calls the node unreachable. */
    void silence(String kubernetesName);

    @Override
    void close();
}
