package io.nodeledger.simulators.proxmox.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A disk or CD drive line of a configuration: {@code storage:volume,option=value,…}.
 *
 * @param volume the volume id, or {@code none}
 * @param options the rest, in order
 */
public record Drive(String volume, Map<String, String> options) {
    private static final Pattern SLOT = Pattern.compile("(ide|sata|scsi|virtio)\\d+");

    public static boolean isSlot(String key) {
        return SLOT.matcher(key).matches();
    }

    public static Drive parse(String line) {
        String volume = "none";
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : line.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                volume = part;
            } else if (part.startsWith("file=")) {
                volume = part.substring(equals + 1);
            } else {
                options.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return new Drive(volume, options);
    }

    public boolean isCdrom() {
        return "cdrom".equals(options.get("media"));
    }

    /** The storage's name, empty for no medium. */
    public String storage() {
        int colon = volume.indexOf(':');
        return colon < 0 ? "" : volume.substring(0, colon);
    }

    public long bytes() {
        String size = options.get("size");
        return size == null ? 0 : DiskSize.parse(size);
    }

    public Drive withVolume(String changed) {
        return new Drive(changed, options);
    }

    public Drive withBytes(long bytes) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put("size", DiskSize.render(bytes));
        return new Drive(volume, changed);
    }

    @Override
    public String toString() {
        String rest = options.entrySet().stream()
                .map(option -> "," + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
        return volume + rest;
    }
}
