package io.nodeledger.simulators.proxmox.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Disk sizes as Proxmox writes them: a number with K, M, G or T. */
public final class DiskSize {
    private static final Pattern FORMAT = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGT]?)");
    private static final String UNITS = "KMGT";

    private DiskSize() {}

    public static boolean valid(String text) {
        return FORMAT.matcher(text).matches();
    }

    /** Bytes. */
    public static long parse(String text) {
        Matcher m = FORMAT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("No disk size: " + text);
        }
        int shift = m.group(2).isEmpty() ? 0 : 10 * (UNITS.indexOf(m.group(2)) + 1);
        return (long) (Double.parseDouble(m.group(1)) * (1L << shift));
    }

    /** The largest unit that divides it evenly. */
    public static String render(long bytes) {
        for (int unit = UNITS.length(); unit > 0; unit--) {
            long size = 1L << (10 * unit);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + UNITS.substring(unit - 1, unit);
            }
        }
        return String.valueOf(bytes);
    }
}
