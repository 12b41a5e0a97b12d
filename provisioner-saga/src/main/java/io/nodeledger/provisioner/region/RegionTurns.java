package io.nodeledger.provisioner.region;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is to do something for a region, one instance at a time ({@code provisioner.region_turn}). */
public final class RegionTurns {
    private final JdbcClient jdbc;
    private final String duty;
    private final String holder;

    /**
     * Turns at one duty.
     *
     * @param holder this instance, unlike any other
     */
    public RegionTurns(JdbcClient jdbc, String duty, String holder) {
        this.jdbc = jdbc;
        this.duty = duty;
        this.holder = holder;
    }

    /** Takes the region, or keeps it; false while it is another instance's. */
    public boolean claim(String region, Duration turn) {
        return jdbc.sql("""
                        insert into provisioner.region_turn as t (duty, region, holder, held_until)
                        values (?, ?, ?, now() + ? * interval '1 millisecond')
                        on conflict (duty, region) do update
                           set holder = excluded.holder, held_until = excluded.held_until
                         where t.holder = excluded.holder or t.held_until < now()""").params(duty, region, holder, turn.toMillis()).update() == 1;
    }

    /** Whether the region is still this instance's, and stays so until the transaction that asks ends. */
    public boolean holds(String region) {
        return jdbc.sql("""
                        select 1 from provisioner.region_turn
                         where duty = ? and region = ? and holder = ? and held_until > now() for update""")
                .params(duty, region, holder)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Gives back every region that this instance has. */
    public void release() {
        jdbc.sql(
                        "update provisioner.region_turn set held_until = now() where duty = ? and holder = ? and held_until > now()")
                .params(duty, holder)
                .update();
    }

    /** Ends whatever turn there is: nobody else can be at work. */
    public void releaseAll() {
        jdbc.sql("update provisioner.region_turn set held_until = now() where duty = ? and held_until > now()")
                .param(duty)
                .update();
    }
}
