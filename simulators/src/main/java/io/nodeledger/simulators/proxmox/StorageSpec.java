package io.nodeledger.simulators.proxmox;

import java.util.Set;

/**
 * A storage as storage.cfg defines it.
 *
 * @param name its id
 * @param type Proxmox's plug-in name, such as dir, nfs or lvmthin
 * @param shared one storage seen by all hosts, rather than one of that name on each host
 * @param bytes capacity in bytes
 * @param content what it may hold: images, iso, vztmpl, backup, import
 */
public record StorageSpec(String name, String type, boolean shared, long bytes, Set<String> content) {
    public StorageSpec {
        content = Set.copyOf(content);
    }
}
