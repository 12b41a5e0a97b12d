package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Storages, what lies on them, and removing it. */
final class StorageRoutes {
    private StorageRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/nodes/{node}/storage",
                        StorageRoutes::list,
                        Parameter.text("content").orNone(),
                        Parameter.flag("enabled").orNone(),
                        Parameter.flag("format").orNone(),
                        Parameter.text("storage").orNone(),
                        Parameter.text("target").orNone()),
                Route.of("GET", "/nodes/{node}/storage/{storage}/status", call -> Views.storage(storage(call))),
                Route.of(
                        "GET",
                        "/nodes/{node}/storage/{storage}/content",
                        StorageRoutes::content,
                        Parameter.text("content").orNone(),
                        Parameter.vmId("vmid").orNone()),
                Route.of("GET", "/nodes/{node}/storage/{storage}/content/{volume}", StorageRoutes::volume),
                Route.of(
                        "DELETE",
                        "/nodes/{node}/storage/{storage}/content/{volume}",
                        StorageRoutes::remove,
                        Parameter.integer("delay", 1, 30).orNone()));
    }

    static boolean visible(Call call, Storage storage) {
        String path = "/storage/" + storage.spec().name();
        return call.may(path, "Datastore.Audit") || call.may(path, "Datastore.AllocateSpace");
    }

    private static Object list(Call call) {
        return call.datacenter().cluster().storages().on(call.node()).stream()
                .filter(storage -> visible(call, storage))
                .filter(storage -> call.optional("content")
                        .map(storage.spec().content()::contains)
                        .orElse(true))
                .filter(storage -> call.optional("storage")
                        .map(storage.spec().name()::equals)
                        .orElse(true))
                .map(storage -> {
                    Map<String, Object> view = Views.storage(storage);
                    view.put(
                            "used_fraction",
                            (double) storage.usedBytes() / storage.spec().bytes());
                    return view;
                })
                .toList();
    }

    static Storage storage(Call call) {
        Storage storage = call.datacenter().cluster().storages().require(call.node(), call.text("storage"));
        if (!visible(call, storage)) {
            throw PveError.denied("/storage/" + storage.spec().name(), "Datastore.Audit|Datastore.AllocateSpace");
        }
        return storage;
    }

    private static Object content(Call call) {
        Storage storage = storage(call);
        String content = call.optional("content").orElse("");
        List<Map<String, Object>> answer = new ArrayList<>();
        if ((content.isEmpty() || content.equals("iso"))
                && call.optional("vmid").isEmpty()) {
            storage.isos().forEach(iso -> answer.add(iso(iso)));
        }
        if (content.isEmpty() || content.equals("images")) {
            for (Vm vm : call.datacenter().cluster().vms()) {
                boolean wanted = call.number("vmid", vm.id()) == vm.id();
                boolean here = storage.spec().shared() || vm.host().equals(call.node());
                vm.volumes().forEach((volume, bytes) -> {
                    if (wanted && here && volume.startsWith(storage.spec().name() + ":")) {
                        answer.add(image(vm, volume, bytes));
                    }
                });
            }
        }
        if (content.isEmpty() || content.equals("backup")) {
            answer.addAll(BackupVolumes.listed(call, storage));
        }
        return answer;
    }

    private static Map<String, Object> iso(Storage.Iso iso) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("volid", iso.volumeId());
        view.put("content", "iso");
        view.put("format", "iso");
        view.put("size", iso.bytes());
        view.put("ctime", iso.changed().getEpochSecond());
        return view;
    }

    private static Map<String, Object> image(Vm vm, String volume, long bytes) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("volid", volume);
        view.put("content", "images");
        view.put("format", volume.endsWith(".qcow2") ? "qcow2" : "raw");
        view.put("size", bytes);
        view.put("vmid", vm.id());
        view.put("ctime", vm.created().getEpochSecond());
        return view;
    }

    private static Object volume(Call call) {
        Storage storage = storage(call);
        var backup = BackupVolumes.attributes(call, storage, volumeId(call));
        if (backup.isPresent()) {
            return backup.get();
        }
        Storage.Iso iso = storage.iso(volumeId(call))
                .orElseThrow(() -> PveError.failed("volume '" + volumeId(call) + "' does not exist"));
        String path = storage.directory() + "/template/iso/" + iso.file().getFileName();
        return Map.of("format", "iso", "path", path, "size", iso.bytes(), "used", iso.bytes());
    }

    private static Object remove(Call call) {
        Storage storage = storage(call);
        String volume = volumeId(call);
        var backup = storage.backup(volume);
        if (backup.isPresent()) {
            BackupVolumes.requireRemovable(call, storage, backup.get());
            return removal(call, storage, volume);
        }
        call.require("/storage/" + storage.spec().name(), "Datastore.AllocateTemplate");
        call.datacenter().cluster().vms().stream()
                .filter(vm -> vm.volumes().containsKey(volume))
                .findFirst()
                .ifPresent(vm -> {
                    throw PveError.failed("Cannot remove image, a guest with VMID '" + vm.id() + "' exists!");
                });
        if (storage.iso(volume).isEmpty()) {
            throw PveError.failed("volume '" + volume + "' does not exist");
        }
        return removal(call, storage, volume);
    }

    private static String removal(Call call, Storage storage, String volume) {
        String id = "*" + volume.substring(volume.indexOf(':') + 1).replaceAll("[:/]", "-");
        return call.task(call.node(), "imgdel", id + "@" + storage.spec().name(), Map.of("volume", volume));
    }

    /** The path names a volume with or without its storage. */
    private static String volumeId(Call call) {
        String volume = call.text("volume");
        return volume.contains(":") ? volume : call.text("storage") + ":" + volume;
    }
}
