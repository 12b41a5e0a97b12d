package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.region.IdRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Machine ids in {@code provisioner.machine_id}. Ids are handed out round the range, so that a freed one rests. */
public final class JdbcMachineIds implements MachineIds {
    private final JdbcClient jdbc;
    private final FreeMachineId free;
    private final TransactionTemplate ownTransaction;

    public JdbcMachineIds(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.free = new FreeMachineId(jdbc);
        this.ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public Optional<Claim> claimOf(String region, String nodeId) {
        return jdbc.sql("""
                        select vm_id, node_id, host, storage, cores, memory_bytes, storage_bytes
                          from provisioner.machine_id
                         where region = ? and node_id = ? and burnt_at is null""").params(region, nodeId).query(JdbcMachineIds::claim).optional();
    }

    @Override
    public Optional<Claim> claim(
            String region,
            String nodeId,
            IdRange range,
            Set<Integer> taken,
            Function<List<Claim>, Optional<Spot>> choice) {
        Optional<Claim> held = claimOf(region, nodeId);
        return held.isPresent()
                ? held
                : ownTransaction.execute(status -> claimAlone(region, nodeId, range, taken, choice));
    }

    @Override
    public Optional<Claim> adopt(String region, String nodeId, int vmId, Spot spot) {
        var claim = new Claim(vmId, nodeId, spot.host(), spot.storage(), spot.size());
        insert(region, claim, "on conflict do nothing");
        return claimOf(region, nodeId);
    }

    private Optional<Claim> claimAlone(
            String region,
            String nodeId,
            IdRange range,
            Set<Integer> taken,
            Function<List<Claim>, Optional<Spot>> choice) {
        int last = lockRegion(region, range);
        Optional<Claim> held = claimOf(region, nodeId);
        if (held.isPresent()) {
            return held;
        }
        Optional<Spot> spot = choice.apply(recentClaims(region));
        if (spot.isEmpty()) {
            return Optional.empty();
        }
        int vmId = free.after(last, region, range, taken);
        var claim = new Claim(
                vmId,
                nodeId,
                spot.get().host(),
                spot.get().storage(),
                spot.get().size());
        insert(region, claim, "");
        jdbc.sql("update provisioner.machine_id_cursor set last_vm_id = ? where region = ?")
                .params(vmId, region)
                .update();
        return Optional.of(claim);
    }

    /** The row of the region's last id is also the lock that makes claims wait for one another. */
    private int lockRegion(String region, IdRange range) {
        return jdbc.sql("""
                        insert into provisioner.machine_id_cursor (region, last_vm_id) values (?, ?)
                        on conflict (region) do update set last_vm_id = machine_id_cursor.last_vm_id
                        returning last_vm_id""")
                .params(region, range.first() - 1)
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Claim> recentClaims(String region) {
        return jdbc.sql("""
                        select vm_id, node_id, host, storage, cores, memory_bytes, storage_bytes
                          from provisioner.machine_id
                         where region = ? and burnt_at is null and claimed_at > now() - interval '30 minutes'""").params(region).query(JdbcMachineIds::claim).list();
    }

    private void insert(String region, Claim claim, String otherwise) {
        jdbc.sql("""
                        insert into provisioner.machine_id
                            (region, vm_id, node_id, host, storage, cores, memory_bytes, storage_bytes)
                        values (?, ?, ?, ?, ?, ?, ?, ?)\s""" + otherwise)
                .params(
                        region,
                        claim.vmId(),
                        claim.nodeId(),
                        claim.host(),
                        claim.storage(),
                        claim.size().cores(),
                        claim.size().memoryBytes(),
                        claim.size().storageBytes())
                .update();
    }

    @Override
    public void burn(String region, String nodeId, int vmId) {
        jdbc.sql("""
                        update provisioner.machine_id set burnt_at = now(), clone_asked_at = null
                         where region = ? and node_id = ? and vm_id = ? and burnt_at is null""").params(region, nodeId, vmId).update();
    }

    @Override
    public void release(String region, String nodeId) {
        jdbc.sql("delete from provisioner.machine_id where region = ? and node_id = ? and burnt_at is null")
                .params(region, nodeId)
                .update();
        jdbc.sql("delete from provisioner.clone_slot where region = ? and node_id = ?")
                .params(region, nodeId)
                .update();
    }

    @Override
    public void release(String region, String nodeId, int vmId) {
        jdbc.sql("delete from provisioner.machine_id"
                        + " where region = ? and node_id = ? and vm_id = ? and burnt_at is null")
                .params(region, nodeId, vmId)
                .update();
    }

    @Override
    public void cloneAsked(String region, String nodeId) {
        jdbc.sql("""
                        update provisioner.machine_id set clone_asked_at = clock_timestamp()
                         where region = ? and node_id = ? and burnt_at is null""").params(region, nodeId).update();
    }

    @Override
    public void cloneAnswered(String region, String nodeId) {
        jdbc.sql("update provisioner.machine_id set clone_asked_at = null where region = ? and node_id = ?")
                .params(region, nodeId)
                .update();
    }

    @Override
    public Optional<Duration> unansweredSince(String region, String nodeId) {
        return jdbc.sql("""
                        select extract(epoch from clock_timestamp() - clone_asked_at) * 1000
                          from provisioner.machine_id
                         where region = ? and node_id = ? and clone_asked_at is not null and burnt_at is null""")
                .params(region, nodeId)
                .query(Double.class)
                .optional()
                .map(millis -> Duration.ofMillis(millis.longValue()));
    }

    @Override
    public boolean holdCloneSlot(String region, String slot, String nodeId, Duration lease) {
        return jdbc.sql("""
                        insert into provisioner.clone_slot (region, slot, node_id, held_until)
                        values (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
                        on conflict (region, slot) do update
                           set node_id = excluded.node_id, held_until = excluded.held_until
                         where clone_slot.node_id = excluded.node_id or clone_slot.held_until < clock_timestamp()""")
                        .params(region, slot, nodeId, (double) lease.toSeconds())
                        .update()
                > 0;
    }

    @Override
    public void freeCloneSlot(String region, String slot, String nodeId) {
        jdbc.sql("delete from provisioner.clone_slot where region = ? and slot = ? and node_id = ?")
                .params(region, slot, nodeId)
                .update();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getInt("vm_id"),
                row.getString("node_id"),
                row.getString("host"),
                row.getString("storage"),
                new MachineSize(row.getInt("cores"), row.getLong("memory_bytes"), row.getLong("storage_bytes")));
    }
}
