package io.nodeledger.provisioner.proxmox.client;

import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns the server's answers into values. */
final class Answers {
    private Answers() {}

    static ClusterListing listing(JsonNode data) {
        var machines = new ArrayList<MachineRow>();
        var hosts = new ArrayList<HostRow>();
        var storages = new ArrayList<StorageRow>();
        for (JsonNode row : data) {
            var fields = new Fields(row);
            switch (fields.text("type", "")) {
                case "qemu" -> machines.add(machine(fields, false));
                case "lxc" -> machines.add(machine(fields, true));
                case "node" -> hosts.add(host(fields));
                case "storage" -> storages.add(storage(fields));
                default -> {}
            }
        }
        return new ClusterListing(List.copyOf(machines), List.copyOf(hosts), List.copyOf(storages));
    }

    /** Containers are listed too: they share the machines' ids and use the hosts' memory. */
    private static MachineRow machine(Fields row, boolean container) {
        return new MachineRow(
                (int) row.number("vmid"),
                row.text("node", ""),
                container,
                row.text("status", "").equals("running"),
                row.flag("template"),
                row.decimal("maxcpu"),
                row.number("maxmem"),
                row.text("tags"),
                row.number("uptime"));
    }

    private static HostRow host(Fields row) {
        return new HostRow(
                row.text("node", ""),
                row.text("status", "").equals("online"),
                row.decimal("maxcpu"),
                row.number("maxmem"),
                row.number("mem"));
    }

    private static StorageRow storage(Fields row) {
        return new StorageRow(
                row.text("storage", ""),
                row.text("node", ""),
                row.text("status", "").equals("available"),
                row.flag("shared"),
                row.number("maxdisk"),
                row.number("disk"));
    }

    static TaskStatus taskStatus(JsonNode data) {
        var fields = new Fields(data);
        return fields.text("status", "").equals("stopped")
                ? new TaskStatus(fields.text("exitstatus", "ended without a status"))
                : TaskStatus.RUNNING;
    }

    /** In a list a task's {@code status} is its exit status, absent or {@code RUNNING} while it runs. */
    static List<ListedTask> tasks(JsonNode data) {
        var tasks = new ArrayList<ListedTask>();
        for (JsonNode row : data) {
            var fields = new Fields(row);
            String upid = fields.text("upid");
            if (upid != null) {
                String status = fields.text("status");
                boolean running = status == null || status.equalsIgnoreCase("running") || fields.number("endtime") == 0;
                tasks.add(new ListedTask(
                        new Upid(upid),
                        Instant.ofEpochSecond(fields.number("starttime")),
                        running ? TaskStatus.RUNNING : new TaskStatus(status)));
            }
        }
        tasks.sort(Comparator.comparing(ListedTask::startedAt).reversed());
        return List.copyOf(tasks);
    }

    static Set<String> volumes(JsonNode data) {
        var volumes = new HashSet<String>();
        for (JsonNode row : data) {
            volumes.add(new Fields(row).text("volid", ""));
        }
        return Set.copyOf(volumes);
    }

    /** Where the exact size is hard to tell there is an approximate one. */
    static List<BackupVolume> backups(JsonNode data) {
        var backups = new ArrayList<BackupVolume>();
        for (JsonNode row : data) {
            var fields = new Fields(row);
            String volumeId = fields.text("volid");
            if (volumeId != null) {
                long bytes = fields.text("size") == null ? fields.number("approximate-size") : fields.number("size");
                backups.add(new BackupVolume(volumeId, bytes, fields.text("notes", "")));
            }
        }
        return List.copyOf(backups);
    }

    static List<String> log(JsonNode data) {
        var lines = new ArrayList<String>();
        for (JsonNode row : data) {
            lines.add(new Fields(row).text("t", ""));
        }
        return List.copyOf(lines);
    }

    static List<GuestAddress> addresses(JsonNode data) {
        var addresses = new ArrayList<GuestAddress>();
        for (JsonNode device : data.path("result")) {
            var fields = new Fields(device);
            String mac = fields.text("hardware-address", "").toLowerCase(Locale.ROOT);
            for (JsonNode address : device.path("ip-addresses")) {
                var values = new Fields(address);
                addresses.add(new GuestAddress(
                        fields.text("name", ""),
                        mac,
                        values.text("ip-address-type", ""),
                        values.text("ip-address", "")));
            }
        }
        return List.copyOf(addresses);
    }

    static Map<String, Map<String, Boolean>> permissions(JsonNode data) {
        var permissions = new HashMap<String, Map<String, Boolean>>();
        data.propertyStream().forEach(path -> {
            var privileges = new HashMap<String, Boolean>();
            var fields = new Fields(path.getValue());
            path.getValue()
                    .propertyStream()
                    .forEach(entry -> privileges.put(entry.getKey(), fields.flag(entry.getKey())));
            permissions.put(path.getKey(), Map.copyOf(privileges));
        });
        return Map.copyOf(permissions);
    }
}
