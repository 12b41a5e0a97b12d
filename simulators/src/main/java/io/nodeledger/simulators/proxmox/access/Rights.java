package io.nodeledger.simulators.proxmox.access;

import io.nodeledger.simulators.proxmox.TokenSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a token may do: rights granted on a path hold below it, until a deeper path says otherwise. */
public final class Rights {
    /** Every privilege that Proxmox VE 9 knows and this simulator's calls may ask for. */
    public static final Set<String> ALL = Set.of(
            "Datastore.Allocate",
            "Datastore.AllocateSpace",
            "Datastore.AllocateTemplate",
            "Datastore.Audit",
            "Group.Allocate",
            "Mapping.Audit",
            "Mapping.Modify",
            "Mapping.Use",
            "Permissions.Modify",
            "Pool.Allocate",
            "Pool.Audit",
            "Realm.Allocate",
            "Realm.AllocateUser",
            "SDN.Allocate",
            "SDN.Audit",
            "SDN.Use",
            "Sys.AccessNetwork",
            "Sys.Audit",
            "Sys.Console",
            "Sys.Incoming",
            "Sys.Modify",
            "Sys.PowerMgmt",
            "Sys.Syslog",
            "User.Modify",
            "VM.Allocate",
            "VM.Audit",
            "VM.Backup",
            "VM.Clone",
            "VM.Config.CDROM",
            "VM.Config.CPU",
            "VM.Config.Cloudinit",
            "VM.Config.Disk",
            "VM.Config.HWType",
            "VM.Config.Memory",
            "VM.Config.Network",
            "VM.Config.Options",
            "VM.Console",
            "VM.GuestAgent.Audit",
            "VM.GuestAgent.FileRead",
            "VM.GuestAgent.FileSystemMgmt",
            "VM.GuestAgent.FileWrite",
            "VM.GuestAgent.Unrestricted",
            "VM.Migrate",
            "VM.PowerMgmt",
            "VM.Replicate",
            "VM.Snapshot",
            "VM.Snapshot.Rollback");

    private final String tokenId;
    private final Map<String, Set<String>> privileges = new TreeMap<>();

    public Rights(TokenSpec token) {
        this.tokenId = token.id();
        token.privileges()
                .forEach((path, names) -> privileges.put(path, names.contains("*") ? ALL : Set.copyOf(names)));
    }

    /** {@code user@realm!name}, as it stands in a UPID. */
    public String tokenId() {
        return tokenId;
    }

    public Map<String, Set<String>> byPath() {
        return privileges;
    }

    public boolean has(String path, String privilege) {
        String at = path;
        while (true) {
            Set<String> here = privileges.get(at);
            if (here != null) {
                return here.contains(privilege);
            }
            if (at.equals("/")) {
                return false;
            }
            at = at.substring(0, Math.max(1, at.lastIndexOf('/')));
        }
    }
}
