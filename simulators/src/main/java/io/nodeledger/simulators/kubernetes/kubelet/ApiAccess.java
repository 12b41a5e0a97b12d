package io.nodeledger.simulators.kubernetes.kubelet;

/** Whether requests of the machines get through to the API server. */
@FunctionalInterface
public interface ApiAccess {
    boolean reaches(String method, String path);
}
