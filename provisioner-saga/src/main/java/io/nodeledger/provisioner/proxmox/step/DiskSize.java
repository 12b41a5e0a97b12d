package io.nodeledger.provisioner.proxmox.step;

import java.util.Optional;
import java.util.regex.Pattern;

/** Sizes of disks as a machine's configuration writes them, e.g. {@code local-lvm:vm-101-disk-0,size=32G}. */
final class DiskSize {
    private static final Pattern SIZE = Pattern.compile("(?:^|,)size=(\\d+(?:\\.\\d+)?)([KMGT]?)(?:,|$)");

    private DiskSize() {}

    /** The disk's size in bytes, empty when it does not say. */
    static Optional<Long> of(String disk) {
        var matcher = SIZE.matcher(disk);
        if (!matcher.find()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            case "T" -> 1L << 40;
            default -> 1L;
        };
        return Optional.of((long) (Double.parseDouble(matcher.group(1)) * unit));
    }

    static long gigabytes(int count) {
        return count * (1L << 30);
    }
}
