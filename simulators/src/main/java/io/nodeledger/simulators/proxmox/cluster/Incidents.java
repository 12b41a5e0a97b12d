package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.guest.Guests;
import java.util.Comparator;

/** What can happen to a machine behind everyone's back, without a task. Refusals have the status of the control API. */
public final class Incidents {
    private final Cluster cluster;
    private final Power power;
    private final Guests guests;

    public Incidents(Cluster cluster, Power power, Guests guests) {
        this.cluster = cluster;
        this.power = power;
        this.guests = guests;
    }

    /** The machine and its disks are gone. */
    public void vanish(int vmId) {
        Vm vm = require(vmId);
        power.off(vm);
        cluster.remove(vm);
    }

    /** The machine is on another host, running on if it ran. */
    public void migrate(int vmId, String host) {
        Vm vm = require(vmId);
        if (cluster.hosts().stream().map(HostSpec::name).noneMatch(host::equals)) {
            throw PveError.parameter("host", "no host of this cluster");
        }
        cluster.moved(vm, host);
        guests.moved(vm);
    }

    /** As {@link #migrate(int, String)}, to the other host that has the least memory in use. */
    public String migrate(int vmId) {
        String from = require(vmId).host();
        String to = cluster.hosts().stream()
                .map(HostSpec::name)
                .filter(host -> !host.equals(from))
                .min(Comparator.comparingLong(cluster::memoryUsed))
                .orElseThrow(() -> PveError.status(409, "the cluster has no other host"));
        migrate(vmId, to);
        return to;
    }

    /** The machine is on or off. */
    public void power(int vmId, boolean on) {
        Vm vm = require(vmId);
        if (on) {
            power.on(vm);
        } else {
            power.off(vm);
        }
    }

    /** Turns it off if it runs, otherwise on; answers whether it runs now. */
    public boolean togglePower(int vmId) {
        boolean on = !require(vmId).isRunning();
        power(vmId, on);
        return on;
    }

    private Vm require(int vmId) {
        return cluster.find(vmId).orElseThrow(() -> PveError.status(404, "VM " + vmId + " does not exist"));
    }
}
