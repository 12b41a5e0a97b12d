package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.machine.LoadTotals;
import io.nodeledger.simulators.proxmox.cluster.Running;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a machine does right now, and did. */
final class StatusRoutes {
    private StatusRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/nodes/{node}/qemu",
                        StatusRoutes::list,
                        Parameter.flag("full").orNone()),
                Route.of("GET", "/nodes/{node}/qemu/{vmid}/status/current", StatusRoutes::current),
                Route.of(
                        "GET",
                        "/nodes/{node}/qemu/{vmid}/rrddata",
                        StatusRoutes::history,
                        Parameter.oneOf("timeframe", "hour", "day", "week", "month", "year", "decade"),
                        Parameter.oneOf("cf", "AVERAGE", "MAX").orNone()));
    }

    private static Object list(Call call) {
        Instant now = call.datacenter().timeline().now();
        return call.datacenter().cluster().vmsOn(call.node()).stream()
                .filter(vm -> call.mayOn(vm, "VM.Audit"))
                .map(vm -> status(vm, now))
                .toList();
    }

    private static Object current(Call call) {
        Vm vm = call.machine("VM.Audit");
        Instant now = call.datacenter().timeline().now();
        Map<String, Object> view = status(vm, now);
        view.put("ha", Map.of("managed", vm.haManaged() ? 1 : 0));
        view.put("qmpstatus", vm.isRunning() ? "running" : "stopped");
        if (vm.config().agent()) {
            view.put("agent", 1);
        }
        vm.running().ifPresent(process -> details(view, vm, process, now));
        return view;
    }

    private static Object history(Call call) {
        return RoundRobinData.of(
                call.machine("VM.Audit"),
                call.text("timeframe"),
                call.datacenter().timeline().now());
    }

    private static Map<String, Object> status(Vm vm, Instant now) {
        Map<String, Object> view = Views.usage(vm, now);
        view.put("name", vm.config().name(vm.id()));
        view.put("status", vm.isRunning() ? "running" : "stopped");
        view.put(
                "cpus",
                vm.running().map(Running::cores).orElseGet(() -> vm.config().cores()));
        vm.running().ifPresent(process -> view.put("pid", process.pid()));
        return view;
    }

    private static void details(Map<String, Object> view, Vm vm, Running process, Instant now) {
        LoadTotals totals = Views.curve(vm).totals(process.startedAt(), now);
        Map<String, Object> blocks = new LinkedHashMap<>();
        String busy = vm.config().drives().entrySet().stream()
                .filter(drive -> !drive.getValue().isCdrom())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        vm.config().drives().keySet().forEach(slot -> blocks.put(slot, block(totals, slot.equals(busy))));
        view.put("blockstat", blocks);
        view.put(
                "nics",
                Map.of("tap" + vm.id() + "i0", Map.of("netin", totals.netInBytes(), "netout", totals.netOutBytes())));
        view.put("running-machine", "pc-i440fx-10.1+pve0");
        view.put("running-qemu", "10.1.2");
        view.put("proxmox-support", Map.of("backup-max-workers", true, "pbs-dirty-bitmap", true));
    }

    private static Map<String, Object> block(LoadTotals totals, boolean busy) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("rd_bytes", busy ? totals.diskReadBytes() : 0);
        block.put("wr_bytes", busy ? totals.diskWriteBytes() : 0);
        block.put("rd_operations", busy ? totals.readOperations() : 0);
        block.put("wr_operations", busy ? totals.writeOperations() : 0);
        block.put("flush_operations", busy ? totals.writeOperations() / 20 : 0);
        block.put("failed_rd_operations", 0);
        block.put("failed_wr_operations", 0);
        return block;
    }
}
