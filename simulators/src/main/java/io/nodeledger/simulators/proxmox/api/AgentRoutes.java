package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.machine.LoadTotals;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Running;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.guest.GuestNetwork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the guest's agent tells, once the guest is up. */
final class AgentRoutes {
    private static final String PATH = "/nodes/{node}/qemu/{vmid}/agent/";

    private AgentRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of("POST", PATH + "ping", call -> {
                    requireAgent(call);
                    return result(Map.of());
                }),
                Route.of("GET", PATH + "network-get-interfaces", AgentRoutes::interfaces),
                Route.of("GET", PATH + "get-fsinfo", AgentRoutes::fileSystems),
                Route.of("GET", PATH + "get-osinfo", AgentRoutes::system));
    }

    private static Vm requireAgent(Call call) {
        Vm vm = call.machine("VM.GuestAgent.Audit");
        if (!vm.config().agent()) {
            throw PveError.failed("No QEMU guest agent configured");
        }
        Running process = vm.running().orElseThrow(() -> PveError.failed("VM " + vm.id() + " is not running"));
        if (process.bootedAt().isAfter(call.datacenter().timeline().now())) {
            throw PveError.failed("QEMU guest agent is not running");
        }
        return vm;
    }

    private static Object interfaces(Call call) {
        Vm vm = requireAgent(call);
        GuestNetwork network = GuestNetwork.of(call.datacenter().cluster().name(), vm);
        Instant since = vm.running().map(Running::startedAt).orElseThrow();
        LoadTotals totals =
                Views.curve(vm).totals(since, call.datacenter().timeline().now());
        List<Map<String, Object>> cards = new ArrayList<>();
        cards.add(card("lo", "00:00:00:00:00:00", List.of(address("127.0.0.1", 8)), null));
        Map<String, Object> inside = address(network.privateAddress(), 16);
        Map<String, Object> outside = address(network.publicAddress(), 15);
        if (network.secondMacAddress().isPresent()) {
            cards.add(card("eth0", network.macAddress(), List.of(inside), totals));
            cards.add(card("eth1", network.secondMacAddress().get(), List.of(outside), null));
        } else {
            cards.add(card("eth0", network.macAddress(), List.of(inside, outside), totals));
        }
        return result(cards);
    }

    private static Map<String, Object> card(
            String name, String mac, List<Map<String, Object>> addresses, @Nullable LoadTotals totals) {
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("rx-bytes", totals == null ? 0 : totals.netInBytes());
        statistics.put("rx-packets", totals == null ? 0 : totals.netInPackets());
        statistics.put("rx-errs", 0);
        statistics.put("rx-dropped", 0);
        statistics.put("tx-bytes", totals == null ? 0 : totals.netOutBytes());
        statistics.put("tx-packets", totals == null ? 0 : totals.netOutPackets());
        statistics.put("tx-errs", 0);
        statistics.put("tx-dropped", 0);
        return Map.of("name", name, "hardware-address", mac, "ip-addresses", addresses, "statistics", statistics);
    }

    private static Map<String, Object> address(String address, int prefix) {
        return Map.of("ip-address", address, "ip-address-type", "ipv4", "prefix", prefix);
    }

    private static Object fileSystems(Call call) {
        Vm vm = requireAgent(call);
        long used = Views.curve(vm).diskUsedAt(call.datacenter().timeline().now());
        return result(List.of(Map.of(
                "name",
                "sda1",
                "mountpoint",
                "/",
                "type",
                "ext4",
                "used-bytes",
                used,
                "total-bytes",
                vm.config().rootDiskBytes(),
                "disk",
                List.of(Map.of("bus-type", "scsi", "bus", 0, "target", 0, "unit", 0, "dev", "/dev/sda1")))));
    }

    private static Object system(Call call) {
        requireAgent(call);
        return result(Map.of(
                "id", "ubuntu",
                "name", "Ubuntu",
                "pretty-name", "Ubuntu 22.04.5 LTS",
                "version", "22.04.5 LTS (Jammy Jellyfish)",
                "version-id", "22.04",
                "kernel-release", "5.15.0-157-generic",
                "kernel-version", "#167-Ubuntu SMP",
                "machine", "x86_64"));
    }

    private static Object result(Object result) {
        return Map.of("result", result);
    }
}
