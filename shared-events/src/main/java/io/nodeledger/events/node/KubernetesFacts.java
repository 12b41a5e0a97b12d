package io.nodeledger.events.node;

import java.util.Map;

/**
 * What the Kubernetes cluster says of a node that has become Ready.
 *
 * @param nodeName name of the Kubernetes node
 * @param uid its uid
 * @param capacity quantities as Kubernetes prints them, by resource (cpu, memory, pods, ephemeral-storage)
 * @param allocatable the part of the capacity that pods may request
 * @param kernelVersion e.g. {@code 6.8.0-45-generic}
 * @param osImage e.g. {@code Ubuntu 24.04.1 LTS}
 * @param containerRuntime e.g. {@code containerd://2.1.4}
 * @param kubeletVersion e.g. {@code v1.36.0}
 */
public record KubernetesFacts(
        String nodeName,
        String uid,
        Map<String, String> capacity,
        Map<String, String> allocatable,
        String kernelVersion,
        String osImage,
        String containerRuntime,
        String kubeletVersion) {}
