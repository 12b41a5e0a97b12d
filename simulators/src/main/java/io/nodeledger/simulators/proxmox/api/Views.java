package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.machine.Load;
import io.nodeledger.simulators.machine.LoadCurve;
import io.nodeledger.simulators.machine.LoadTotals;
import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Running;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hosts, storages and machines in the figures that several answers share. */
final class Views {
    private static final double IDLE_HOST_CPU = 0.012;

    private Views() {}

    static LoadCurve curve(Vm vm) {
        int cores = vm.running().map(Running::cores).orElseGet(() -> vm.config().cores());
        long memory = vm.running()
                .map(Running::memoryBytes)
                .orElseGet(() -> vm.config().memoryBytes());
        return LoadCurve.of(vm.id(), cores, memory, vm.config().rootDiskBytes());
    }

    /** The figures that both the machine's own status and the cluster's list of resources have. */
    static Map<String, Object> usage(Vm vm, Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("vmid", vm.id());
        view.put("template", vm.config().template() ? 1 : 0);
        vm.config().get("tags").ifPresent(tags -> view.put("tags", tags));
        vm.config().lock().ifPresent(lock -> view.put("lock", lock));
        view.put(
                "maxmem",
                vm.running()
                        .map(Running::memoryBytes)
                        .orElseGet(() -> vm.config().memoryBytes()));
        view.put("maxdisk", vm.config().rootDiskBytes());
        view.put("disk", 0);
        Load load = new Load(0, 0, 0, 0, 0, 0, 0, 0);
        LoadTotals totals = new LoadTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);
        long uptime = 0;
        if (vm.running().isPresent()) {
            Instant since = vm.running().get().startedAt();
            load = curve(vm).at(now);
            totals = curve(vm).totals(since, now);
            uptime = Math.max(1, Duration.between(since, now).toSeconds());
        }
        view.put("cpu", load.cpuFraction());
        view.put("mem", load.memoryBytes());
        view.put("uptime", uptime);
        view.put("netin", totals.netInBytes());
        view.put("netout", totals.netOutBytes());
        view.put("diskread", totals.diskReadBytes());
        view.put("diskwrite", totals.diskWriteBytes());
        return view;
    }

    static Map<String, Object> host(Cluster cluster, HostSpec host, Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", "node/" + host.name());
        view.put("type", "node");
        view.put("node", host.name());
        view.put("status", "online");
        view.put("level", "");
        view.put("cpu", cpu(cluster, host, now));
        view.put("maxcpu", host.cores());
        view.put("mem", cluster.memoryUsed(host.name()));
        view.put("maxmem", host.memoryBytes());
        view.put("disk", 8L << 30);
        view.put("maxdisk", 96L << 30);
        view.put("uptime", uptime(now));
        return view;
    }

    static double cpu(Cluster cluster, HostSpec host, Instant now) {
        double busy = cluster.vmsOn(host.name()).stream()
                .filter(Vm::isRunning)
                .mapToDouble(vm -> curve(vm).at(now).cpuFraction()
                        * vm.running().map(Running::cores).orElse(0))
                .sum();
        return Math.min(1, IDLE_HOST_CPU + busy / host.cores());
    }

    /** Hosts were all started at the beginning of 2026. */
    static long uptime(Instant now) {
        return Math.max(1, now.getEpochSecond() - 1_767_225_600L);
    }

    static Map<String, Object> storage(Storage storage) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("storage", storage.spec().name());
        view.put("type", storage.spec().type());
        view.put(
                "content",
                String.join(",", storage.spec().content().stream().sorted().toList()));
        view.put("active", 1);
        view.put("enabled", 1);
        view.put("shared", storage.spec().shared() ? 1 : 0);
        view.put("total", storage.spec().bytes());
        view.put("used", storage.usedBytes());
        view.put("avail", storage.freeBytes());
        return view;
    }
}
