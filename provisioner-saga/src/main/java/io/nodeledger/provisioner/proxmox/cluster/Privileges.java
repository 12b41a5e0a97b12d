package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a region's token must be allowed to do, and what of that it lacks (source: drivers, "Token privileges"). */
public final class Privileges {
    private static final List<String> MACHINE = List.of(
            "VM.Allocate",
            "VM.Audit",
            "VM.PowerMgmt",
            "VM.Config.Disk",
            "VM.Config.CPU",
            "VM.Config.Memory",
            "VM.Config.Network",
            "VM.Config.Options",
            "VM.Config.Cloudinit",
            "VM.Config.CDROM",
            "VM.Config.HWType",
            "VM.GuestAgent.Audit");

    private Privileges() {}

    /**
     * The missing privileges, each as {@code privilege on path}; empty when all are there.
     *
     * @param granted privileges by path, each with whether it holds below that path too
     */
    public static List<String> missing(RegionsSettings.Proxmox settings, Map<String, Map<String, Boolean>> granted) {
        var missing = new ArrayList<String>();
        needed(settings)
                .forEach((path, privileges) -> privileges.stream()
                        .filter(privilege -> !isGranted(granted, path, privilege))
                        .forEach(privilege -> missing.add(privilege + " on " + path)));
        return missing;
    }

    private static Map<String, List<String>> needed(RegionsSettings.Proxmox settings) {
        var needed = new LinkedHashMap<String, List<String>>();
        String isoStorage = settings.isoStorage() == null ? settings.storage() : settings.isoStorage();
        needed.put("/vms/" + settings.template(), List.of("VM.Clone", "VM.Audit"));
        needed.put("/vms", MACHINE);
        needed.put("/storage/" + settings.storage(), List.of("Datastore.AllocateSpace", "Datastore.Audit"));
        add(
                needed,
                "/storage/" + isoStorage,
                List.of("Datastore.AllocateTemplate", "Datastore.Allocate", "Datastore.Audit"));
        String backupStorage = settings.backupStorage();
        if (backupStorage != null && !backupStorage.isBlank()) {
            add(needed, "/vms", List.of("VM.Backup"));
            add(needed, "/storage/" + backupStorage, List.of("Datastore.AllocateSpace", "Datastore.Audit"));
        }
        needed.put("/sdn/zones/localnetwork/" + settings.bridge(), List.of("SDN.Use"));
        needed.put("/nodes", List.of("Sys.Audit"));
        if (settings.pool() != null && !settings.pool().isBlank()) {
            needed.put("/pool/" + settings.pool(), List.of("VM.Allocate", "Pool.Audit"));
        }
        return needed;
    }

    private static void add(Map<String, List<String>> needed, String path, List<String> privileges) {
        needed.merge(
                path,
                privileges,
                (first, second) -> Stream.concat(first.stream(), second.stream())
                        .distinct()
                        .toList());
    }

    /** The nearest path that is mentioned decides; what holds above it does not reach through. */
    private static boolean isGranted(Map<String, Map<String, Boolean>> granted, String path, String privilege) {
        String at = path;
        while (true) {
            Map<String, Boolean> here = granted.get(at);
            if (here != null && (at.equals(path) || here.containsValue(true))) {
                Boolean propagates = here.get(privilege);
                return propagates != null && (at.equals(path) || propagates);
            }
            if (at.equals("/")) {
                return false;
            }
            int cut = at.lastIndexOf('/');
            at = cut <= 0 ? "/" : at.substring(0, cut);
        }
    }
}
