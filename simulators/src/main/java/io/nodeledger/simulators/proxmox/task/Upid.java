package io.nodeledger.simulators.proxmox.task;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task's identity in Proxmox's own format: {@code UPID:node:pid:pstart:starttime:type:id:user:}, numbers in hex.
 *
 * @param node the host that runs it
 * @param pid its process id
 * @param pstart when that process started, in the host's clock ticks
 * @param startTime Unix seconds
 * @param type such as qmclone
 * @param id what it works on; for a clone the source's VM id
 * @param user who asked for it
 */
public record Upid(String node, long pid, long pstart, long startTime, String type, String id, String user) {
    private static final Pattern FORMAT = Pattern.compile(
            "UPID:([a-zA-Z0-9][a-zA-Z0-9-]*):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\\s]+):([^:\\s]*):([^:\\s]+):");

    static Upid of(String node, long pid, Instant started, String type, String id, String user) {
        return new Upid(
                node, pid, (started.toEpochMilli() / 10) & 0xFFFF_FFFFL, started.getEpochSecond(), type, id, user);
    }

    /** Absent when the text is not a UPID. */
    public static Optional<Upid> parse(String text) {
        Matcher m = FORMAT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Upid(
                m.group(1),
                Long.parseLong(m.group(2), 16),
                Long.parseLong(m.group(3), 16),
                Long.parseLong(m.group(4), 16),
                m.group(5),
                m.group(6),
                m.group(7)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "UPID:%s:%08X:%08X:%08X:%s:%s:%s:", node, pid, pstart, startTime, type, id, user);
    }
}
