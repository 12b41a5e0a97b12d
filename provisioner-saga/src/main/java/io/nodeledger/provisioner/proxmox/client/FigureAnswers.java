package io.nodeledger.provisioner.proxmox.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Turns what the server says of the work of machines into values; what it does not say has none. */
final class FigureAnswers {
    private FigureAnswers() {}

    /** The machines that run; templates and containers are none. */
    static List<MachineFigures> figures(JsonNode data) {
        var figures = new ArrayList<MachineFigures>();
        for (JsonNode row : data) {
            var fields = new Fields(row);
            boolean runs = fields.text("status", "").equals("running") && fields.number("uptime") > 0;
            if (fields.text("type", "").equals("qemu") && runs && !fields.flag("template")) {
                figures.add(new MachineFigures(
                        (int) fields.number("vmid"),
                        fields.text("node", ""),
                        fields.text("tags"),
                        fields.decimal("maxcpu"),
                        fields.decimal("cpu"),
                        fields.number("mem"),
                        fields.number("maxmem"),
                        fields.number("netin"),
                        fields.number("netout"),
                        fields.number("uptime")));
            }
        }
        return List.copyOf(figures);
    }

    static Optional<DiskOperations> operations(JsonNode data) {
        JsonNode disks = data.path("blockstat");
        if (disks.isEmpty()) {
            return Optional.empty();
        }
        long reads = 0;
        long writes = 0;
        for (JsonNode disk : disks) {
            var fields = new Fields(disk);
            reads += fields.number("rd_operations");
            writes += fields.number("wr_operations");
        }
        return Optional.of(new DiskOperations(reads, writes));
    }

    /** A file system that is mounted in several places counts once; those without a disk are kept in memory. */
    static Optional<GuestStorage> storage(JsonNode data) {
        var byName = new HashMap<String, GuestStorage>();
        for (JsonNode fileSystem : data.path("result")) {
            var fields = new Fields(fileSystem);
            if (!fileSystem.path("disk").isEmpty() && fields.number("total-bytes") > 0) {
                byName.put(
                        fields.text("name", ""),
                        new GuestStorage(fields.number("used-bytes"), fields.number("total-bytes")));
            }
        }
        return byName.values().stream()
                .reduce((one, other) ->
                        new GuestStorage(one.usedBytes() + other.usedBytes(), one.totalBytes() + other.totalBytes()));
    }

    static Optional<GuestPackets> packets(JsonNode data) {
        long received = 0;
        long sent = 0;
        boolean told = false;
        for (JsonNode device : data.path("result")) {
            var fields = new Fields(device.path("statistics"));
            if (!new Fields(device).text("name", "").equals("lo") && fields.text("rx-packets") != null) {
                received += fields.number("rx-packets");
                sent += fields.number("tx-packets");
                told = true;
            }
        }
        return told ? Optional.of(new GuestPackets(received, sent)) : Optional.empty();
    }
}
