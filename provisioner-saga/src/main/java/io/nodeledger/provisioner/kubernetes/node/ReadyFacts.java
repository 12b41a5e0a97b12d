package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.nodeledger.events.node.KubernetesFacts;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads from a Kubernetes node what the platform remembers of it. */
public final class ReadyFacts {
    private ReadyFacts() {}

    public static KubernetesFacts of(Node node) {
        var status = node.getStatus();
        var system = status.getNodeInfo();
        return new KubernetesFacts(
                node.getMetadata().getName(),
                node.getMetadata().getUid(),
                quantities(status.getCapacity()),
                quantities(status.getAllocatable()),
                system == null ? "" : text(system.getKernelVersion()),
                system == null ? "" : text(system.getOsImage()),
                system == null ? "" : text(system.getContainerRuntimeVersion()),
                system == null ? "" : text(system.getKubeletVersion()));
    }

    private static Map<String, String> quantities(@Nullable Map<String, Quantity> amounts) {
        var printed = new TreeMap<String, String>();
        if (amounts != null) {
            amounts.forEach((resource, amount) -> printed.put(resource, amount.toString()));
        }
        return printed;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
