package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.reconciliation.NodeReader.FreshNode;
import java.util.Optional;

/**
 * Machines that no live node owns. One is an orphan, and is destroyed, only when everything says so: its description
 * names the node, the node's stream says that this very id was the node's and that the node was deleted, and no
 * operation runs: a machine that vanished and was brought back still belongs to a node that nobody gave up. Anything else is somebody's, or of another time (a database restored from a backup), and is only told.
 */
final class StrayMachines {
    private final ProxmoxRegion region;
    private final NodeReader nodes;
    private final ProviderTasks tasks;

    StrayMachines(ProxmoxRegion region, NodeReader nodes, ProviderTasks tasks) {
        this.region = region;
        this.nodes = nodes;
        this.tasks = tasks;
    }

    /** What a stray machine is; its removal has not begun. */
    Look at(int vmId, String host) {
        MachineConfig config;
        try {
            config = region.client().config(host, vmId);
        } catch (ProxmoxFailure failure) {
            return failure.kind() == Kind.ABSENT
                    ? new Look.Nothing()
                    : new Look.Unclear(String.valueOf(failure.getMessage()));
        }
        Optional<String> owner = OwnerMarker.ownerOf(config);
        if (owner.isPresent()) {
            return nodes.read(owner.get())
                    .map(node -> ofKnownNode(vmId, config, node.node()))
                    .orElseGet(() -> new Look.Told(
                            DriftKind.UNKNOWN_MACHINE,
                            "Machine %d is marked as that of %s, which this database does not know"
                                    .formatted(vmId, owner.get())));
        }
        return "clone".equals(config.lock())
                ? new Look.Nothing()
                : new Look.Told(
                        DriftKind.UNMARKED_MACHINE,
                        "Machine " + vmId + " has an id that is reserved for Nodeledger, and no marker of it");
    }

    private Look ofKnownNode(int vmId, MachineConfig config, KnownNode node) {
        if (node.isInFlight()) {
            return new Look.Nothing();
        }
        if (isLeftover(vmId, config, node)) {
            return new Look.Told(
                    DriftKind.ORPHAN_MACHINE, "Machine %d is left over from %s".formatted(vmId, node.nodeId()), node);
        }
        var own = node.footprint().machine();
        return own != null && own.vmId() == vmId
                ? new Look.Nothing()
                : new Look.Told(
                        DriftKind.UNCLAIMED_MACHINE,
                        "Machine %d is marked as that of %s, which is %s and does not own it"
                                .formatted(vmId, node.nodeId(), node.status().word()),
                        node);
    }

    private boolean isLeftover(int vmId, MachineConfig config, KnownNode node) {
        return node.status() == NodeStatus.DELETED
                && !node.isInFlight()
                && node.region().equals(region.id())
                && node.footprint().leftBehind(vmId)
                && OwnerMarker.isDescribed(config)
                && OwnerMarker.ownerOf(config).filter(node.nodeId()::equals).isPresent();
    }

    /**
     * Goes on removing an orphan, as far as short calls can. Stream and marker are read again right before each call that
     * can't be undone.
     *
     * @return empty when it is gone, else why it is not yet
     */
    Optional<String> remove(int vmId, String host, String nodeId, Guard guard) throws InterruptedException {
        ProxmoxClient client = region.client();
        try {
            if (client.running(host, vmId)) {
                assertLeftover(vmId, host, nodeId, guard);
                TaskStatus stopped = await(client.stop(host, vmId));
                if (stopped.running()) {
                    return Optional.of("Machine " + vmId + " is being powered off");
                }
            }
            assertLeftover(vmId, host, nodeId, guard);
            TaskStatus destroyed = await(client.destroy(host, vmId));
            if (destroyed.running()) {
                return Optional.of("Machine " + vmId + " is being destroyed");
            }
            client.config(host, vmId);
            return Optional.of("Machine " + vmId + " could not be destroyed: " + destroyed.exitStatus());
        } catch (ProxmoxFailure failure) {
            return failure.kind() == Kind.ABSENT && isNowhere(vmId)
                    ? Optional.empty()
                    : Optional.of("Machine " + vmId + " can't be removed: " + failure.getMessage());
        }
    }

    private boolean isNowhere(int vmId) {
        return region.client().listing().machine(vmId).isEmpty();
    }

    private void assertLeftover(int vmId, String host, String nodeId, Guard guard) {
        guard.assertHeld();
        MachineConfig config = region.client().config(host, vmId);
        boolean leftover = config.lock() == null
                && nodes.read(nodeId)
                        .map(FreshNode::node)
                        .filter(node -> isLeftover(vmId, config, node))
                        .isPresent();
        if (!leftover) {
            throw new ProxmoxFailure(Kind.LOCKED, "it is locked, or no leftover any more");
        }
    }

    private TaskStatus await(Optional<Upid> task) throws InterruptedException {
        return task.isEmpty() ? TaskStatus.OK : tasks.await(region.client(), task.get());
    }
}
