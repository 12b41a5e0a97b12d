package io.nodeledger.benchmarks.transition;

/**
 * How much is moved.
 *
 * @param nodes dedicated nodes
 * @param deployments of the workspace, every other one with a disruption budget
 * @param replicas of each
 */
record Size(int nodes, int deployments, int replicas) {
    int pods() {
        return deployments * replicas;
    }
}
