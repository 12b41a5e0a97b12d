package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.List;
import java.util.Map;

/** Turning machines on and off, and removing them. */
final class PowerRoutes {
    private static final String STATUS = "/nodes/{node}/qemu/{vmid}/status/";
    private static final long PATIENCE_SECONDS = 60;

    private PowerRoutes() {}

    static List<Route> routes() {
        Parameter timeout = Parameter.integer("timeout", 0, 1_000_000).orNone();
        Parameter skipLock = Parameter.flag("skiplock").orNone();
        return List.of(
                Route.of("POST", STATUS + "start", PowerRoutes::start, timeout, skipLock),
                Route.of(
                        "POST",
                        STATUS + "stop",
                        PowerRoutes::stop,
                        timeout,
                        skipLock,
                        Parameter.flag("overrule-shutdown").orNone()),
                Route.of(
                        "POST",
                        STATUS + "shutdown",
                        PowerRoutes::shutdown,
                        timeout,
                        skipLock,
                        Parameter.flag("forceStop").orNone()),
                Route.of("POST", STATUS + "reboot", PowerRoutes::reboot, timeout),
                Route.of(
                        "DELETE",
                        "/nodes/{node}/qemu/{vmid}",
                        PowerRoutes::destroy,
                        Parameter.flag("purge").orNone(),
                        Parameter.flag("destroy-unreferenced-disks").orNone(),
                        skipLock));
    }

    private static Object start(Call call) {
        Vm vm = call.machine("VM.PowerMgmt");
        if (vm.config().template()) {
            throw PveError.failed("you can't start a vm if it's a template");
        }
        return call.machineTask("qmstart", Map.of());
    }

    private static Object stop(Call call) {
        call.machine("VM.PowerMgmt");
        return call.machineTask("qmstop", Map.of());
    }

    private static Object shutdown(Call call) {
        call.machine("VM.PowerMgmt");
        return call.machineTask("qmshutdown", patience(call));
    }

    private static Object reboot(Call call) {
        Vm vm = call.machine("VM.PowerMgmt");
        if (!vm.isRunning()) {
            throw PveError.failed("VM " + vm.id() + " not running");
        }
        return call.machineTask("qmreboot", patience(call));
    }

    private static Object destroy(Call call) {
        Vm vm = call.machine("VM.Allocate");
        if (vm.config().isProtected()) {
            throw PveError.failed("can't remove VM " + vm.id() + " - protection mode enabled");
        }
        vm.config().requireNotLocked();
        if (vm.haManaged() && !call.flag("purge", false)) {
            throw PveError.failed(
                    "unable to remove VM " + vm.id() + " - used in HA resources and purge parameter not set.");
        }
        if (vm.isRunning()) {
            throw PveError.failed("VM " + vm.id() + " is running - destroy failed");
        }
        return call.machineTask("qmdestroy", Map.of());
    }

    private static Map<String, String> patience(Call call) {
        return Map.of(
                "timeout",
                String.valueOf(call.number("timeout", PATIENCE_SECONDS)),
                "forceStop",
                call.flag("forceStop", false) ? "1" : "0");
    }
}
