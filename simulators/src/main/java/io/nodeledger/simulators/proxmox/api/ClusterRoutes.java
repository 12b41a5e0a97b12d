package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The cluster as a whole: its members, its resources, the next free id. */
final class ClusterRoutes {
    private ClusterRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/cluster/status", ClusterRoutes::status),
                Route.of(
                        "GET",
                        "/cluster/resources",
                        ClusterRoutes::resources,
                        Parameter.oneOf("type", "vm", "storage", "node", "sdn").orNone()),
                Route.of(
                        "GET",
                        "/cluster/nextid",
                        ClusterRoutes::nextId,
                        Parameter.vmId("vmid").orNone()));
    }

    private static Object status(Call call) {
        call.require("/", "Sys.Audit");
        Cluster cluster = call.datacenter().cluster();
        List<Map<String, Object>> answer = new ArrayList<>();
        answer.add(Map.of(
                "type",
                "cluster",
                "id",
                "cluster",
                "name",
                cluster.name(),
                "version",
                cluster.hosts().size(),
                "nodes",
                cluster.hosts().size(),
                "quorate",
                1));
        int number = 0;
        for (HostSpec host : cluster.hosts()) {
            number++;
            answer.add(Map.of(
                    "type",
                    "node",
                    "id",
                    "node/" + host.name(),
                    "name",
                    host.name(),
                    "nodeid",
                    number,
                    "ip",
                    "10.0.0." + number,
                    "online",
                    1,
                    "local",
                    number == 1 ? 1 : 0,
                    "level",
                    ""));
        }
        return answer;
    }

    private static Object resources(Call call) {
        Cluster cluster = call.datacenter().cluster();
        Instant now = call.datacenter().timeline().now();
        String type = call.optional("type").orElse("all");
        List<Map<String, Object>> answer = new ArrayList<>();
        if (type.equals("all") || type.equals("vm")) {
            cluster.vms().stream().filter(vm -> call.mayOn(vm, "VM.Audit")).forEach(vm -> answer.add(machine(vm, now)));
        }
        for (HostSpec host : cluster.hosts()) {
            if ((type.equals("all") || type.equals("node")) && call.may("/nodes/" + host.name(), "Sys.Audit")) {
                answer.add(Views.host(cluster, host, now));
            }
            if (type.equals("all") || type.equals("storage")) {
                cluster.storages().on(host.name()).stream()
                        .filter(storage -> StorageRoutes.visible(call, storage))
                        .forEach(storage -> answer.add(storage(storage, host.name())));
            }
        }
        return answer;
    }

    private static Map<String, Object> machine(Vm vm, Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", "qemu/" + vm.id());
        view.put("type", "qemu");
        view.put("node", vm.host());
        vm.pool().ifPresent(pool -> view.put("pool", pool));
        view.putAll(Views.usage(vm, now));
        view.put("maxcpu", vm.config().cores());
        view.put("status", vm.reported(now).map(Vm.Reported::status).orElse("unknown"));
        vm.reported(now).ifPresent(reported -> view.put("name", reported.name()));
        return view;
    }

    private static Map<String, Object> storage(Storage storage, String host) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", "storage/" + host + "/" + storage.spec().name());
        view.put("type", "storage");
        view.put("node", host);
        view.put("storage", storage.spec().name());
        view.put("plugintype", storage.spec().type());
        view.put(
                "content",
                String.join(",", storage.spec().content().stream().sorted().toList()));
        view.put("shared", storage.spec().shared() ? 1 : 0);
        view.put("status", "available");
        view.put("disk", storage.usedBytes());
        view.put("maxdisk", storage.spec().bytes());
        return view;
    }

    private static Object nextId(Call call) {
        Cluster cluster = call.datacenter().cluster();
        call.optional("vmid").ifPresent(text -> {
            if (cluster.find(Integer.parseInt(text)).isPresent()) {
                throw PveError.parameter("vmid", "VM " + text + " already exists");
            }
        });
        return call.optional("vmid")
                .orElseGet(() -> String.valueOf(IntStream.iterate(100, id -> id + 1)
                        .filter(id -> cluster.find(id).isEmpty())
                        .findFirst()
                        .orElseThrow()));
    }
}
