package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.DiskSize;
import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change of a machine's configuration.
 *
 * @param set values by key
 * @param delete keys to remove
 */
public record ConfigChange(Map<String, String> set, List<String> delete) {
    private static final Pattern NEW_DISK = Pattern.compile("([A-Za-z][\\w.-]*):(\\d+(?:\\.\\d+)?)((?:,.*)?)");
    private static final long CLOUD_INIT_BYTES = 4L << 20;

    public ConfigChange {
        set = Map.copyOf(set);
        delete = List.copyOf(delete);
    }

    static ConfigChange from(Map<String, String> arguments) {
        Map<String, String> set = new HashMap<>();
        List<String> delete = new ArrayList<>();
        arguments.forEach((key, value) -> {
            if (key.startsWith("set.")) {
                set.put(key.substring(4), value);
            } else if (key.startsWith("delete.")) {
                delete.add(key.substring(7));
            }
        });
        return new ConfigChange(set, delete);
    }

    /** As a task's arguments. */
    public Map<String, String> arguments() {
        Map<String, String> arguments = new HashMap<>();
        set.forEach((key, value) -> arguments.put("set." + key, value));
        delete.forEach(key -> arguments.put("delete." + key, "1"));
        return arguments;
    }

    /** Makes the change and saves the machine; refuses, with nothing changed, what names a medium that is not there. */
    public void apply(Datacenter datacenter, Vm vm) {
        Map<String, String> prepared = new HashMap<>();
        set.forEach((key, value) -> prepared.put(key, prepare(datacenter, vm, key, value)));
        delete.forEach(key -> detach(vm, key, ""));
        prepared.forEach((key, value) -> {
            detach(vm, key, Drive.isSlot(key) ? Drive.parse(value).volume() : "");
            vm.config().set(key, value);
        });
        datacenter.cluster().save(vm);
    }

    private static String prepare(Datacenter datacenter, Vm vm, String key, String value) {
        if (key.matches("net\\d+")) {
            return NetworkCard.withMac(value);
        }
        if (!Drive.isSlot(key)) {
            return value;
        }
        Drive drive = Drive.parse(value);
        if (drive.isCdrom()) {
            requireMedium(datacenter, vm, drive);
            return value;
        }
        Matcher fresh = NEW_DISK.matcher(value);
        if (fresh.matches()) {
            long bytes = DiskSize.parse(fresh.group(2) + "G");
            return allocate(datacenter, vm, fresh.group(1), bytes, Drive.parse(value));
        }
        if (drive.volume().endsWith(":cloudinit")) {
            String made = allocate(datacenter, vm, drive.storage(), CLOUD_INIT_BYTES, drive);
            return made + ",media=cdrom";
        }
        Long bytes = vm.volumes().get(drive.volume());
        if (bytes == null) {
            throw PveError.failed("volume '" + drive.volume() + "' does not exist");
        }
        return drive.withBytes(bytes).toString();
    }

    private static void requireMedium(Datacenter datacenter, Vm vm, Drive drive) {
        if (drive.storage().isEmpty() || vm.volumes().containsKey(drive.volume())) {
            return;
        }
        Storage storage = datacenter.cluster().storages().ofVolume(vm.host(), drive.volume());
        if (storage.iso(drive.volume()).isEmpty()) {
            throw PveError.failed("volume '" + drive.volume() + "' does not exist");
        }
    }

    private static String allocate(Datacenter datacenter, Vm vm, String storageName, long bytes, Drive drive) {
        Storage storage = datacenter.cluster().storages().require(vm.host(), storageName);
        storage.requireContent("images");
        int number = 0;
        while (vm.volumes().containsKey(storage.volumeId(vm.id(), number, false))) {
            number++;
        }
        String volume = storage.volumeId(vm.id(), number, false);
        if (!datacenter.cluster().allocate(vm, volume, bytes)) {
            throw PveError.failed("unable to create image '" + volume + "': No space left on device");
        }
        return drive.withVolume(volume).withBytes(bytes).toString();
    }

    private static void detach(Vm vm, String key, String replacement) {
        String old = vm.config().get(key).orElse("");
        vm.config().remove(key);
        Drive drive = Drive.parse(old);
        if (Drive.isSlot(key)
                && vm.volumes().containsKey(drive.volume())
                && !drive.volume().equals(replacement)) {
            int number = 0;
            while (vm.config().get("unused" + number).isPresent()) {
                number++;
            }
            vm.config().set("unused" + number, drive.volume());
        }
    }
}
