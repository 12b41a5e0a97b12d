package io.nodeledger.simulators.kubernetes;

import java.nio.file.Path;

/**
 * How one simulated cluster runs.
 *
 * @param region the region it serves, names the cluster in the kubeconfig
 * @param dataDirectory keeps certificates, credentials and all objects
 * @param port the API server's port on the loopback address; 0 takes the one of the last run where that is free
 * @param timeScale multiplies every delay; 1 is real time, 0 means none
 * @param sharedNodes how many workers without a virtual machine are always there
 * @param demoWorkload whether a new cluster runs the {@code demo/web} Deployment
 * @param watchHistory changes of each type from which a watch can resume; who is further behind is told 410
 * @param namespacesDirectPods whether the admission plugins PodNodeSelector and PodTolerationRestriction are on, by which
 *     annotations of a namespace direct its pods to nodes
 */
public record KubernetesSimulatorSettings(
        String region,
        Path dataDirectory,
        int port,
        double timeScale,
        int sharedNodes,
        boolean demoWorkload,
        int watchHistory,
        boolean namespacesDirectPods) {

    /** With the admission plugins by which namespaces direct their pods. */
    public KubernetesSimulatorSettings(
            String region,
            Path dataDirectory,
            int port,
            double timeScale,
            int sharedNodes,
            boolean demoWorkload,
            int watchHistory) {
        this(region, dataDirectory, port, timeScale, sharedNodes, demoWorkload, watchHistory, true);
    }

    /** The same cluster without these plugins, as real ones are by default. */
    public KubernetesSimulatorSettings withoutDirectedPods() {
        return new KubernetesSimulatorSettings(
                region, dataDirectory, port, timeScale, sharedNodes, demoWorkload, watchHistory, false);
    }

    /** The same cluster with another number of shared workers. */
    public KubernetesSimulatorSettings withSharedNodes(int changed) {
        return new KubernetesSimulatorSettings(
                region, dataDirectory, port, timeScale, changed, demoWorkload, watchHistory, namespacesDirectPods);
    }

    /** The cluster as the standalone runs it: two shared workers and the demo workload. */
    public static KubernetesSimulatorSettings of(String region, Path dataDirectory, int port, double timeScale) {
        return new KubernetesSimulatorSettings(region, dataDirectory, port, timeScale, 2, true, 1000);
    }
}
