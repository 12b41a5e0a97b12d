package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.seed.NoCloudSeed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a node's machine is to be configured.
 *
 * @param seed volume id of its cloud-init seed
 */
record WantedConfig(String nodeId, String workspaceId, int cores, long memoryMb, String bridge, String seed) {
    private static final String SEED_DRIVE = "ide2";
    private static final long MB_PER_GB = 1024;

    static WantedConfig of(NodeFacts node, ProxmoxRegion region) {
        var specs = node.terms().specs();
        return new WantedConfig(
                node.nodeId(),
                node.workspaceId(),
                specs.cpuCores(),
                specs.memoryGb() * MB_PER_GB,
                region.settings().bridge(),
                region.isoStorage() + ":iso/" + NoCloudSeed.fileName(node.nodeId()));
    }

    /** The settings to send, with the digest of what was read; empty when all is as wanted. */
    Map<String, String> changesFrom(MachineConfig config) {
        var changes = new LinkedHashMap<String, String>();
        want(changes, config, "cores", Integer.toString(cores));
        if (!config.text("sockets").isEmpty()) {
            want(changes, config, "sockets", "1");
        }
        want(changes, config, "memory", Long.toString(memoryMb));
        if (!config.text("agent").matches("(enabled=)?1(,.*)?")) {
            changes.put("agent", "enabled=1");
        }
        if (!config.text(SEED_DRIVE).startsWith(seed)) {
            changes.put(SEED_DRIVE, seed + ",media=cdrom");
        }
        String network = network(config.text("net0"));
        if (!network.equals(config.text("net0"))) {
            changes.put("net0", network);
        }
        var tags = new TreeSet<>(config.tags());
        tags.add(OwnerMarker.COMMON_TAG);
        tags.add(nodeId);
        if (!tags.equals(config.tags())) {
            changes.put("tags", String.join(";", tags));
        }
        if (!OwnerMarker.isDescribed(config)) {
            changes.put("description", OwnerMarker.description(nodeId, workspaceId));
        }
        String digest = config.get("digest");
        if (!changes.isEmpty() && digest != null) {
            changes.put("digest", digest);
        }
        return changes;
    }

    private static void want(Map<String, String> changes, MachineConfig config, String key, String value) {
        if (!value.equals(config.get(key))) {
            changes.put(key, value);
        }
    }

    /** The clone's own hardware address stays. */
    private String network(String card) {
        return card.contains("bridge=")
                ? card.replaceAll("bridge=[^,]*", "bridge=" + bridge)
                : card + (card.isEmpty() ? "virtio," : ",") + "bridge=" + bridge;
    }
}
