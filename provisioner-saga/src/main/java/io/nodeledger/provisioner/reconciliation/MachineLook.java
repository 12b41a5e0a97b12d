package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.Observation;
import io.nodeledger.model.node.Footprint.Machine;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.time.Instant;
import java.util.Set;

/** Looks at the machine of a node itself: its configuration on its host, and on every other. */
final class MachineLook {
    private final ProxmoxRegion region;
    private final Set<String> onlineHosts;
    private final Sightings sightings;

    MachineLook(ProxmoxRegion region, Set<String> onlineHosts, Sightings sightings) {
        this.region = region;
        this.onlineHosts = onlineHosts;
        this.sightings = sightings;
    }

    /**
     * Looks at what the listing suggests of a node's machine.
     *
     * @throws ProxmoxFailure when the cluster does not answer
     */
    Look at(KnownNode node, Suspicion suspicion) {
        Machine machine = node.footprint().machine();
        if (machine == null) {
            return new Look.Nothing();
        }
        return switch (suspicion.kind()) {
            case MACHINE_VANISHED -> forVanished(node, machine);
            case HOST_OFFLINE -> new Look.Told(DriftKind.HOST_OFFLINE, suspicion.detail());
            case POWERED_OFF, POWERED_ON, MACHINE_MIGRATED, MARKER_LOST -> forPresent(node, machine, suspicion);
            default -> throw new IllegalArgumentException(suspicion.kind() + " is nothing of a node's machine");
        };
    }

    /** Gone is what every host says that it does not have: one that may not be read is hidden, not gone. */
    private Look forVanished(KnownNode node, Machine machine) {
        for (String host : onlineHosts) {
            try {
                region.client().config(host, machine.vmId());
                return new Look.Nothing();
            } catch (ProxmoxFailure failure) {
                if (failure.kind() != Kind.ABSENT) {
                    return new Look.Unclear(String.valueOf(failure.getMessage()));
                }
            }
        }
        Instant lastSeenAt = sightings.lastOf(region.id(), machine.vmId()).orElse(node.settledAt());
        return new Look.Seen(new Observation.MachineVanished(machine.vmId(), machine.host(), lastSeenAt));
    }

    private Look forPresent(KnownNode node, Machine machine, Suspicion suspicion) {
        int vmId = machine.vmId();
        return switch (Machines.find(region, node.nodeId(), new Placement(machine.host(), vmId, ""))) {
            case Sighting.Absent _ -> new Look.Unclear("Machine " + vmId + " is not found");
            case Sighting.Unmarked _ -> new Look.Unclear("Machine " + vmId + " is being cloned");
            case Sighting.Foreign foreign ->
                new Look.Told(
                        DriftKind.MARKER_LOST, "Machine " + vmId + " is not this node's any more: " + foreign.reason());
            case Sighting.Ours ours
            when suspicion.kind() == DriftKind.MARKER_LOST -> new Look.Told(DriftKind.MARKER_LOST, suspicion.detail());
            case Sighting.Ours ours
            when ours.config().lock() != null ->
                new Look.Unclear(
                        "Machine %d is locked: %s".formatted(vmId, ours.config().lock()));
            case Sighting.Ours ours -> forOurs(machine, suspicion.kind(), ours.host());
        };
    }

    private Look forOurs(Machine machine, DriftKind suspected, String host) {
        int vmId = machine.vmId();
        if (suspected == DriftKind.MACHINE_MIGRATED) {
            return host.equals(machine.host())
                    ? new Look.Nothing()
                    : new Look.Seen(new Observation.MachineMoved(vmId, host));
        }
        boolean on = region.client().running(host, vmId);
        if (on != (suspected == DriftKind.POWERED_ON)) {
            return new Look.Nothing();
        }
        return new Look.Seen(on ? new Observation.MachineOn(vmId, host) : new Observation.MachineOff(vmId, host));
    }
}
