package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.cluster.VmConfig;
import io.nodeledger.simulators.proxmox.operation.ConfigChange;
import io.nodeledger.simulators.proxmox.operation.Datacenter;
import io.nodeledger.simulators.proxmox.task.Locks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reading and changing a machine's configuration. */
final class ConfigRoutes {
    private static final String PATH = "/nodes/{node}/qemu/{vmid}/config";

    private ConfigRoutes() {}

    static List<Route> routes() {
        Parameter[] writable = ConfigParameters.all();
        Parameter[] posted = Arrays.copyOf(writable, writable.length + 1);
        posted[writable.length] = Parameter.integer("background_delay", 1, 30).orNone();
        return List.of(
                Route.of(
                        "GET",
                        PATH,
                        ConfigRoutes::read,
                        Parameter.flag("current").orNone(),
                        Parameter.text("snapshot").orNone()),
                Route.later("PUT", PATH, ConfigRoutes::change, writable),
                Route.later("POST", PATH, ConfigRoutes::changeLater, posted),
                Route.of(
                        "PUT",
                        "/nodes/{node}/qemu/{vmid}/resize",
                        ConfigRoutes::resize,
                        Parameter.pattern(
                                "disk",
                                "(ide|sata|scsi|virtio)\\d+|efidisk0|tpmstate0",
                                "value does not have a value in the enumeration"),
                        Parameter.pattern(
                                "size", "\\+?\\d+(\\.\\d+)?[KMGT]?", "value does not match the regex pattern"),
                        Parameter.text("digest").orNone(),
                        Parameter.flag("skiplock").orNone()));
    }

    private static Object read(Call call) {
        VmConfig config = call.machine("VM.Audit").config();
        Map<String, Object> view = new LinkedHashMap<>();
        config.values()
                .forEach((key, value) ->
                        view.put(key, ConfigParameters.NUMBERS.contains(key) ? (Object) Long.valueOf(value) : value));
        view.put("digest", config.digest());
        return view;
    }

    private static CompletionStage<Answer> change(Call call) {
        Vm vm = verified(call);
        ConfigChange change = change(call, vm);
        return locked(call, vm, () -> {
            change.apply(call.datacenter(), vm);
            return null;
        });
    }

    private static CompletionStage<Answer> changeLater(Call call) {
        Vm vm = verified(call);
        ConfigChange change = change(call, vm);
        return locked(call, vm, () -> call.machineTask("qmconfig", change.arguments()));
    }

    private static Object resize(Call call) {
        Vm vm = call.machine("VM.Config.Disk");
        requireDigest(call, vm);
        vm.config().requireNotLocked();
        if (!vm.config().drives().containsKey(call.text("disk"))) {
            throw PveError.failed("disk '" + call.text("disk") + "' does not exist");
        }
        return call.machineTask("resize", Map.of("disk", call.text("disk"), "size", call.text("size")));
    }

    private static Vm verified(Call call) {
        List<String> keys = call.request().parameters().keySet().stream()
                .filter(key -> !ConfigParameters.CONTROLS.contains(key))
                .toList();
        Vm vm = call.machine(keys.isEmpty() ? "VM.Config.Options" : privilege(call, keys.getFirst()));
        for (String key : keys) {
            if (!call.mayOn(vm, privilege(call, key))) {
                throw PveError.denied("/vms/" + vm.id(), privilege(call, key));
            }
        }
        return vm;
    }

    private static String privilege(Call call, String key) {
        boolean cdrom = Drive.isSlot(key) && Drive.parse(call.text(key)).isCdrom();
        return cdrom ? "VM.Config.CDROM" : ConfigParameters.privilege(key);
    }

    private static ConfigChange change(Call call, Vm vm) {
        Map<String, String> set = new HashMap<>(call.request().parameters());
        set.keySet().removeAll(ConfigParameters.CONTROLS);
        set.computeIfPresent("tags", (key, tags) -> String.join(";", List.of(tags.split("[;, ]+", -1))));
        List<String> delete = call.optional("delete")
                .map(text -> List.of(text.split("[;, ]+", -1)))
                .orElse(List.of());
        delete.stream().filter(set::containsKey).findFirst().ifPresent(key -> {
            throw PveError.parameter(key, "duplicate property in delete and set");
        });
        if (set.isEmpty() && delete.isEmpty()) {
            throw PveError.failed("no options specified");
        }
        requireDigest(call, vm);
        return new ConfigChange(set, delete);
    }

    private static void requireDigest(Call call, Vm vm) {
        call.optional("digest")
                .filter(digest -> !digest.equals(vm.config().digest()))
                .ifPresent(digest -> {
                    throw PveError.failed("checksum mismatch (file change by other user?)");
                });
    }

    /** Runs it under the machine's lock, which a shutdown or another change may hold for long. */
    private static CompletionStage<Answer> locked(Call call, Vm vm, Supplier<@Nullable Object> work) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Datacenter datacenter = call.datacenter();
        Locks.Wanted lock = Locks.Wanted.machine(vm.id(), datacenter.delays().lockTimeout());
        datacenter
                .locks()
                .acquire(
                        List.of(lock),
                        release -> {
                            try {
                                requireDigest(call, datacenter.cluster().require(vm.host(), vm.id()));
                                vm.config().requireNotLocked();
                                answer.complete(Answer.data(work.get()));
                            } catch (PveError e) {
                                answer.complete(Answer.error(e));
                            } finally {
                                release.run();
                            }
                        },
                        refusal -> answer.complete(Answer.error(500, refusal)));
        return answer;
    }
}
