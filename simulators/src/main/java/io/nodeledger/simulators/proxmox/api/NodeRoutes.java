package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The hosts and how they are. */
final class NodeRoutes {
    private NodeRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/nodes", NodeRoutes::list),
                Route.of("GET", "/nodes/{node}/status", NodeRoutes::status));
    }

    private static Object list(Call call) {
        Cluster cluster = call.datacenter().cluster();
        Instant now = call.datacenter().timeline().now();
        return cluster.hosts().stream()
                .map(host -> call.may("/nodes/" + host.name(), "Sys.Audit")
                        ? Views.host(cluster, host, now)
                        : Map.of("node", host.name(), "status", "online", "type", "node", "id", "node/" + host.name()))
                .toList();
    }

    private static Object status(Call call) {
        String node = call.node();
        call.require("/nodes/" + node, "Sys.Audit");
        Cluster cluster = call.datacenter().cluster();
        HostSpec host = cluster.requireHost(node);
        Instant now = call.datacenter().timeline().now();
        double cpu = Views.cpu(cluster, host, now);
        long used = cluster.memoryUsed(node);
        long free = Math.max(0, host.memoryBytes() - used);
        String load = String.format(Locale.ROOT, "%.2f", cpu * host.cores());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pveversion", "pve-manager/9.2.3/1f0c7e9a44f1b5d2");
        view.put("kversion", "Linux 6.17.2-1-pve #1 SMP PREEMPT_DYNAMIC");
        view.put("boot-info", Map.of("mode", "efi", "secureboot", 0));
        view.put(
                "current-kernel",
                Map.of(
                        "sysname", "Linux",
                        "release", "6.17.2-1-pve",
                        "version", "#1 SMP PREEMPT_DYNAMIC",
                        "machine", "x86_64"));
        view.put("uptime", Views.uptime(now));
        view.put("cpu", cpu);
        view.put("wait", 0.001);
        view.put("loadavg", List.of(load, load, load));
        view.put(
                "cpuinfo",
                Map.of(
                        "cpus",
                        host.cores(),
                        "cores",
                        Math.max(1, host.cores() / 4),
                        "sockets",
                        2,
                        "model",
                        "AMD EPYC 7343 16-Core Processor"));
        view.put("memory", Map.of("total", host.memoryBytes(), "used", used, "free", free, "available", free));
        view.put("swap", Map.of("total", 0, "used", 0, "free", 0));
        view.put("rootfs", Map.of("total", 96L << 30, "used", 8L << 30, "free", 88L << 30, "avail", 88L << 30));
        return view;
    }
}
