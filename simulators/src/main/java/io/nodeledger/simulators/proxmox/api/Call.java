package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.access.Rights;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.operation.Datacenter;
import io.nodeledger.simulators.proxmox.task.TaskRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A verified request on its way to an endpoint, with the rights of whoever sent it. */
record Call(Datacenter datacenter, Request request, Map<String, String> inPath, Rights rights) {
    String node() {
        String node = text("node");
        datacenter.cluster().requireHost(node);
        return node;
    }

    int vmId() {
        return Integer.parseInt(text("vmid"));
    }

    /** A parameter of the path, or one that its route requires. */
    String text(String name) {
        return optional(name).orElseThrow(() -> PveError.parameter(name, "property is missing and it is not optional"));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(inPath.get(name))
                .or(() -> Optional.ofNullable(request.parameters().get(name)));
    }

    boolean flag(String name, boolean otherwise) {
        return optional(name).map("1"::equals).orElse(otherwise);
    }

    long number(String name, long otherwise) {
        return optional(name).map(Long::parseLong).orElse(otherwise);
    }

    /** The machine of the path, on which this privilege is needed. */
    Vm machine(String privilege) {
        if (!mayOn(vmId(), privilege)) {
            throw PveError.denied("/vms/" + vmId(), privilege);
        }
        return datacenter.cluster().require(text("node"), vmId());
    }

    boolean mayOn(Vm vm, String privilege) {
        return rights.has("/vms/" + vm.id(), privilege)
                || vm.pool()
                        .filter(pool -> rights.has("/pool/" + pool, privilege))
                        .isPresent();
    }

    boolean may(String path, String privilege) {
        return rights.has(path, privilege);
    }

    void require(String path, String privilege) {
        if (!rights.has(path, privilege)) {
            throw PveError.denied(path, privilege);
        }
    }

    /** Starts a task on a host and answers its UPID. */
    String task(String node, String type, String id, Map<String, String> arguments) {
        TaskRequest wanted = new TaskRequest(
                node,
                type,
                id,
                rights.tokenId(),
                arguments,
                request.taskFault().get().orElse(null));
        return datacenter.tasks().start(wanted).upid().toString();
    }

    /** Starts a task on the machine of the path. */
    String machineTask(String type, Map<String, String> arguments) {
        Map<String, String> all = new HashMap<>(arguments);
        all.put("vmid", text("vmid"));
        return task(node(), type, text("vmid"), all);
    }

    /** Whether this is allowed on a machine, which may be gone. */
    boolean mayOn(int vmId, String privilege) {
        return datacenter
                .cluster()
                .find(vmId)
                .map(vm -> mayOn(vm, privilege))
                .orElseGet(() -> rights.has("/vms/" + vmId, privilege));
    }
}
