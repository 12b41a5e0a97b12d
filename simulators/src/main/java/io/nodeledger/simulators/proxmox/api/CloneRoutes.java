package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copying a template to a new machine. */
final class CloneRoutes {
    private CloneRoutes() {}

    static List<Route> routes() {
        return List.of(Route.of(
                "POST",
                "/nodes/{node}/qemu/{vmid}/clone",
                CloneRoutes::copy,
                Parameter.vmId("newid"),
                Parameter.integer("bwlimit", 0, Integer.MAX_VALUE).orNone(),
                Parameter.text("description").orNone(),
                Parameter.oneOf("format", "raw", "qcow2", "vmdk").orNone(),
                Parameter.flag("full").orNone(),
                Parameter.dnsName("name").orNone(),
                Parameter.text("pool").orNone(),
                Parameter.text("snapname").orNone(),
                Parameter.text("storage").orNone(),
                Parameter.text("target").orNone()));
    }

    private static Object copy(Call call) {
        Cluster cluster = call.datacenter().cluster();
        Vm source = call.machine("VM.Clone");
        int newId = Integer.parseInt(call.text("newid"));
        requireAllocation(call, newId);
        boolean full = call.flag("full", !source.config().template());
        if (!full && !source.config().template()) {
            throw PveError.parameter("full", "Linked clone feature is not supported for non-template VMs");
        }
        if (!full && call.optional("storage").isPresent()) {
            throw PveError.parameter("storage", "parameter 'storage' not allowed for linked clones");
        }
        String target = call.optional("target").orElse(source.host());
        cluster.requireHost(target);
        String storage = storage(call, source, target);
        source.config().requireNotLocked();
        Vm clone = cluster.create(newId, target, Map.of("lock", "clone"));
        call.optional("pool").ifPresent(pool -> {
            clone.pool(pool);
            cluster.save(clone);
        });
        Map<String, String> arguments = new HashMap<>();
        arguments.put("source", source.host());
        arguments.put("newid", String.valueOf(newId));
        arguments.put("target", target);
        arguments.put("full", full ? "1" : "0");
        arguments.put("storage", storage);
        arguments.put(
                "name",
                call.optional("name").orElse("Copy-of-VM-" + source.config().name(source.id())));
        call.optional("description").ifPresent(text -> arguments.put("description", text));
        return call.machineTask("qmclone", arguments);
    }

    private static void requireAllocation(Call call, int newId) {
        String pool = call.optional("pool").orElse("");
        if (!pool.isEmpty() && !call.datacenter().cluster().pools().contains(pool)) {
            throw PveError.failed("pool '" + pool + "' does not exist");
        }
        boolean inPool = !pool.isEmpty() && call.may("/pool/" + pool, "VM.Allocate");
        if (!inPool) {
            call.require("/vms/" + newId, "VM.Allocate");
        }
    }

    /** The storage of the copy; its own source's when none is asked for. */
    private static String storage(Call call, Vm source, String target) {
        String own = source.config().drives().values().stream()
                .filter(drive -> !drive.isCdrom())
                .map(Drive::storage)
                .findFirst()
                .orElse("");
        Storage from = call.datacenter().cluster().storages().require(source.host(), own);
        String name = call.optional("storage").orElse(own);
        Storage to = call.datacenter().cluster().storages().require(target, name);
        to.requireContent("images");
        call.require("/storage/" + name, "Datastore.AllocateSpace");
        if (!target.equals(source.host())) {
            if (!from.spec().shared()) {
                throw PveError.failed("can't clone VM to node '" + target + "' (VM uses local storage)");
            }
            if (!to.spec().shared()) {
                throw PveError.failed("can't clone to non-shared storage '" + name + "'");
            }
        }
        return name;
    }
}
