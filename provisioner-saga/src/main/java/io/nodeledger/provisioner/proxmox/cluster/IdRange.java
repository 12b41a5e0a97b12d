package io.nodeledger.provisioner.proxmox.cluster;

import java.util.regex.Pattern;

/** A private range of machine ids, both ends included. */
public record IdRange(int first, int last) {
    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d{3,9})\\s*-\\s*(\\d{3,9})\\s*");

    public IdRange {
        if (first < 100 || last < first) {
            throw new IllegalArgumentException(
                    "A vmid-range is 'first-last' with 100 <= first <= last, not " + first + "-" + last);
        }
    }

    /** Reads e.g. {@code 100000-199999}. */
    public static IdRange parse(String text) {
        var matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A vmid-range looks like 100000-199999, not '" + text + "'");
        }
        return new IdRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
