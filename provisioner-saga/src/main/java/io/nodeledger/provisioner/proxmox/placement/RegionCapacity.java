package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what room a region's hosts have to {@code provisioner.region_capacity}, where admission reads it. */
public final class RegionCapacity {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MachineIds ids;
    private final RegionRoom room;

    public RegionCapacity(JdbcClient jdbc, TransactionTemplate transaction, MachineIds ids, RegionRoom room) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ids = ids;
        this.room = room;
    }

    /** Measures a region once; its rows stay as they were when its cluster does not answer. */
    public void sample(ProxmoxRegion region) {
        List<HostRoom> hosts = room.look(region).hosts(ids.recentClaims(region.id()));
        transaction.executeWithoutResult(status -> {
            hosts.forEach(host -> write(region.id(), host));
            jdbc.sql("delete from provisioner.region_capacity where region = ? and host <> all (?)")
                    .params(region.id(), hosts.stream().map(HostRoom::host).toArray(String[]::new))
                    .update();
        });
    }

    private void write(String region, HostRoom host) {
        jdbc.sql("""
                        insert into provisioner.region_capacity
                            (region, host, free_cpu, free_memory_bytes, free_storage_bytes, sampled_at)
                        values (?, ?, ?, ?, ?, now())
                        on conflict (region, host) do update
                           set free_cpu = excluded.free_cpu, free_memory_bytes = excluded.free_memory_bytes,
                               free_storage_bytes = excluded.free_storage_bytes, sampled_at = excluded.sampled_at""")
                .params(region, host.host(), host.freeCores(), host.freeMemoryBytes(), host.freeStorageBytes())
                .update();
    }
}
