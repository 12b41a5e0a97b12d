package io.nodeledger.provisioner.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When each machine was last seen: the proof of its life. A machine that is in every listing costs no write; only when
 * it leaves them is the time of the last listing that had it written down.
 */
final class Sightings {
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String SEEN = """
            with listed as materialized (select distinct unnest(?::int[]) as vm_id),
            region as materialized (select listed_at from provisioner.reconciled_region where region = ?),
            gone as (
                update provisioner.machine_sighting s set last_seen_at = (select listed_at from region)
                 where s.region = ? and s.last_seen_at is null
                   and not exists (select from listed l where l.vm_id = s.vm_id)),
            forgotten as (
                delete from provisioner.machine_sighting s
                 where s.region = ? and s.last_seen_at < ?
                   and not exists (select from listed l where l.vm_id = s.vm_id)),
            back as (
                update provisioner.machine_sighting s set last_seen_at = null
                 where s.region = ? and s.last_seen_at is not null
                   and exists (select from listed l where l.vm_id = s.vm_id)),
            listing as (
                update provisioner.reconciled_region set listed_at = ? where region = ?)
            insert into provisioner.machine_sighting (region, vm_id)
            select ?, vm_id from listed l
             where not exists (
                 select from provisioner.machine_sighting s where s.region = ? and s.vm_id = l.vm_id)
            on conflict do nothing""";

    private final JdbcClient jdbc;

    Sightings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down which machines a listing had, in one statement; the region's row must exist. */
    void seen(String region, Collection<Integer> vmIds, Instant listedAt) {
        OffsetDateTime at = listedAt.atOffset(ZoneOffset.UTC);
        jdbc.sql(SEEN)
                .param(vmIds.toArray(Integer[]::new))
                .param(region)
                .param(region)
                .param(region)
                .param(at.minus(REMEMBERED))
                .param(region)
                .param(at)
                .param(region)
                .param(region)
                .param(region)
                .update();
    }

    /** When the last listing began that had the machine; empty when none ever had. */
    Optional<Instant> lastOf(String region, int vmId) {
        return jdbc.sql("""
                        select coalesce(s.last_seen_at, r.listed_at)
                          from provisioner.machine_sighting s join provisioner.reconciled_region r using (region)
                         where s.region = ? and s.vm_id = ?""")
                .params(region, vmId)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
