package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import java.util.List;
import java.util.Map;

/** Resource pools and their members. */
final class PoolRoutes {
    private PoolRoutes() {}

    static List<Route> routes() {
        return List.of(Route.of(
                "GET",
                "/pools/{poolid}",
                PoolRoutes::pool,
                Parameter.oneOf("type", "qemu", "lxc", "storage").orNone()));
    }

    private static Object pool(Call call) {
        String pool = call.text("poolid");
        call.require("/pool/" + pool, "Pool.Audit");
        Cluster cluster = call.datacenter().cluster();
        if (!cluster.pools().contains(pool)) {
            throw PveError.failed("pool '" + pool + "' does not exist");
        }
        List<Map<String, Object>> members = cluster.vms().stream()
                .filter(vm -> vm.pool().filter(pool::equals).isPresent())
                .map(vm -> Map.<String, Object>of(
                        "id",
                        "qemu/" + vm.id(),
                        "type",
                        "qemu",
                        "node",
                        vm.host(),
                        "vmid",
                        vm.id(),
                        "name",
                        vm.config().name(vm.id()),
                        "status",
                        vm.isRunning() ? "running" : "stopped"))
                .toList();
        return Map.of("comment", "", "members", members);
    }
}
