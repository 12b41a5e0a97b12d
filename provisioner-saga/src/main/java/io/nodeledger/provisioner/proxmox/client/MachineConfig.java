package io.nodeledger.provisioner.proxmox.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A machine's configuration.
 *
 * @param values the settings as Proxmox VE writes them, e.g. {@code scsi0 -> local-lvm:vm-101-disk-0,size=32G}
 */
public record MachineConfig(Map<String, String> values) {
    private static final List<String> USUAL_ROOT_DISKS = List.of("scsi0", "virtio0", "sata0", "ide0");
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}(:[0-9a-f]{2}){5})", Pattern.CASE_INSENSITIVE);

    /** A setting's value. */
    public @Nullable String get(String key) {
        return values.get(key);
    }

    /** A setting's value, empty when it is not set. */
    public String text(String key) {
        return values.getOrDefault(key, "");
    }

    /** Why the machine is locked, e.g. {@code clone}; absent when it is not. */
    public @Nullable String lock() {
        return values.get("lock");
    }

    /** The tags, in lower case as Proxmox VE compares them. */
    public Set<String> tags() {
        return Arrays.stream(text("tags").split("[;, ]+"))
                .filter(tag -> !tag.isBlank())
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name of the disk that the machine boots from, e.g. {@code scsi0}. */
    public Optional<String> rootDisk() {
        var booted = Arrays.stream(text("boot").replace("order=", "").split("[;,]"));
        return java.util.stream.Stream.concat(booted, USUAL_ROOT_DISKS.stream())
                .filter(key -> values.containsKey(key) && !key.startsWith("net"))
                .filter(key -> !text(key).contains("media=cdrom"))
                .findFirst();
    }

    /** The storage that holds a disk, from its volume id. */
    public String storageOf(String disk) {
        return text(disk).split(":", 2)[0];
    }

    /** The hardware address of the first network card, in lower case. */
    public Optional<String> macAddress() {
        var matcher = MAC.matcher(text("net0"));
        return matcher.find() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
