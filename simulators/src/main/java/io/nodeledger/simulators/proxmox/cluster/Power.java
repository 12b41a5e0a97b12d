package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.guest.Guests;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Duration;
import java.time.Instant;

/** Turns machines on and off, and tells their guests. */
public final class Power {
    private final Cluster cluster;
    private final Guests guests;
    private final Timeline timeline;
    private final Duration boot;
    private long lastPid = 40_000;

    public Power(Cluster cluster, Guests guests, Timeline timeline, Duration boot) {
        this.cluster = cluster;
        this.guests = guests;
        this.timeline = timeline;
        this.boot = boot;
    }

    /** Whether the host has the memory to start it. */
    public boolean fits(Vm vm) {
        long total = cluster.requireHost(vm.host()).memoryBytes();
        return cluster.memoryUsed(vm.host()) + vm.config().memoryBytes() <= total;
    }

    public void on(Vm vm) {
        if (vm.isRunning()) {
            return;
        }
        Instant now = timeline.now();
        lastPid = lastPid >= 4_000_000 ? 40_000 : lastPid + 1;
        vm.started(new Running(
                now,
                now.plus(timeline.scaled(boot)),
                vm.config().cores(),
                vm.config().memoryBytes(),
                lastPid));
        cluster.save(vm);
        guests.started(vm);
    }

    public void off(Vm vm) {
        if (vm.isRunning()) {
            vm.halted(timeline.now());
            cluster.save(vm);
            guests.halted(vm);
        }
    }
}
