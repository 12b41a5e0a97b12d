package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a kubelet describes its node. */
final class NodeObject {
    static final String KUBELET_VERSION = "v1.36.1";

    private NodeObject() {}

    /** The node as it is registered: not ready yet, with the kubelet's labels, taints and provider id. */
    static ObjectNode registered(NodeRegistration registration, Hardware hardware, String podCidr) {
        ObjectNode node = Fields.object();
        ObjectNode metadata = child(node, "metadata").put("name", registration.name());
        ObjectNode labels = child(metadata, "labels");
        labels.put("beta.kubernetes.io/arch", "amd64")
                .put("beta.kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", "amd64")
                .put("kubernetes.io/hostname", registration.name())
                .put("kubernetes.io/os", "linux");
        registration.labels().forEach(labels::put);
        child(metadata, "annotations").put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
        ObjectNode spec = child(node, "spec").put("podCIDR", podCidr);
        spec.putArray("podCIDRs").add(podCidr);
        if (!registration.providerId().isEmpty()) {
            spec.put("providerID", registration.providerId());
        }
        ArrayNode taints = spec.putArray("taints");
        registration.taints().forEach(taints::add);
        taints.addObject().put("key", "node.kubernetes.io/not-ready").put("effect", "NoSchedule");
        describe(node, registration.name(), hardware);
        ready(node, false, Instant.now());
        return node;
    }

    /** Addresses, capacity and system information, which follow the hardware at each start. */
    static void describe(ObjectNode node, String name, Hardware hardware) {
        ObjectNode status = child(node, "status");
        ArrayNode addresses = status.putArray("addresses");
        address(addresses, "InternalIP", hardware.privateAddress());
        address(addresses, "ExternalIP", hardware.publicAddress());
        address(addresses, "Hostname", name);
        long memoryKi = hardware.memoryBytes() >> 10;
        long diskKi = hardware.diskBytes() >> 10;
        capacity(status.putObject("capacity"), Integer.toString(hardware.cores()), memoryKi, diskKi + "Ki");
        capacity(
                status.putObject("allocatable"),
                hardware.cores() * 950 + "m",
                memoryKi - memoryKi / 16,
                Long.toString(hardware.diskBytes() / 10 * 9));
        status.putObject("nodeInfo")
                .put("machineID", hardware.machineId())
                .put("systemUUID", hardware.machineId())
                .put("bootID", hardware.bootId())
                .put("kernelVersion", "6.8.0-88-generic")
                .put("osImage", "Ubuntu 24.04.3 LTS")
                .put("containerRuntimeVersion", "containerd://2.2.1")
                .put("kubeletVersion", KUBELET_VERSION)
                .put("kubeProxyVersion", "")
                .put("operatingSystem", "linux")
                .put("architecture", "amd64");
        child(status, "daemonEndpoints", "kubeletEndpoint").put("Port", 10250);
    }

    private static void address(ArrayNode addresses, String type, String address) {
        if (!address.isEmpty()) {
            addresses.addObject().put("type", type).put("address", address);
        }
    }

    private static void capacity(ObjectNode resources, String cpu, long memoryKi, String storage) {
        resources
                .put("cpu", cpu)
                .put("ephemeral-storage", storage)
                .put("hugepages-2Mi", "0")
                .put("memory", memoryKi + "Ki")
                .put("pods", "110");
    }

    /** The kubelet's own conditions, all with a fresh heartbeat. */
    static void ready(ObjectNode node, boolean ready, Instant now) {
        Conditions.set(
                node,
                "MemoryPressure",
                "False",
                "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available",
                now);
        Conditions.set(node, "DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now);
        Conditions.set(
                node, "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now);
        Conditions.set(
                node,
                "Ready",
                ready ? "True" : "False",
                ready ? "KubeletReady" : "KubeletNotReady",
                ready
                        ? "kubelet is posting ready status"
                        : "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady"
                                + " message:Network plugin returns error: cni plugin not initialized",
                now);
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition instanceof ObjectNode found && present(found, "type")) {
                found.put("lastHeartbeatTime", Times.seconds(now));
            }
        }
    }
}
