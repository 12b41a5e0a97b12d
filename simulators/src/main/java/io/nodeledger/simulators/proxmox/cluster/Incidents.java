package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.guest.Guests;

/** What can happen to a machine behind everyone's back, without a task. */
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
        cluster.moved(vm, host);
        guests.moved(vm);
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

    private Vm require(int vmId) {
        return cluster.find(vmId).orElseThrow(() -> PveError.failed("VM " + vmId + " does not exist"));
    }
}
