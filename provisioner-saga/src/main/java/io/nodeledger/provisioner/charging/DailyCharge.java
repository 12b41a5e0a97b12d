package io.nodeledger.provisioner.charging;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.provisioner.charging.ChargedDays.Due;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Charges every workspace for each day that is over, missed ones too and in their order (source: rulings, "Who owns
 * what"). Whatever is cut off is done again: a day is charged once. One instance does it at a time, only so that two don't
 * do the same.
 */
public final class DailyCharge {
    private static final Logger LOG = LoggerFactory.getLogger(DailyCharge.class);

    private static final String TURN = "every region";
    private static final int BATCH = 100;

    private final CostProgress progress;
    private final Costs costs;
    private final ChargedDays days;
    private final SystemCommands commands;
    private final RegionTurns turns;
    private final ChargingSettings settings;
    private final InstantSource clock;
    private final ToldFailures failures = new ToldFailures();
    private @Nullable LocalDate done;
    private boolean ended;

    /**
     * One instance's charging.
     *
     * @param patience how long a look may wait for the cost tables
     * @param clock says which days are over
     */
    public static DailyCharge of(
            JdbcClient jdbc,
            Positions positions,
            Duration patience,
            CommandGateway commands,
            ChargingSettings settings,
            InstantSource clock) {
        return new DailyCharge(
                new CostProgress(jdbc, positions, patience),
                new Costs(jdbc),
                new ChargedDays(jdbc),
                new SystemCommands(commands),
                new RegionTurns(jdbc, "charging", "charge-" + UUID.randomUUID()),
                settings,
                clock);
    }

    private DailyCharge(
            CostProgress progress,
            Costs costs,
            ChargedDays days,
            SystemCommands commands,
            RegionTurns turns,
            ChargingSettings settings,
            InstantSource clock) {
        this.progress = progress;
        this.costs = costs;
        this.days = days;
        this.commands = commands;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
    }

    /** Charges what is due. What is not up to date yet, or fails, waits for the next look. */
    public void look() {
        LocalDate day = LocalDate.ofInstant(clock.instant().minus(settings.chargeAfter()), ZoneOffset.UTC)
                .minusDays(1);
        if (day.equals(done) || !progress.isUpToDate() || !takesTurn()) {
            return;
        }
        if (chargeAll(day)) {
            done = day;
        }
    }

    private boolean chargeAll(LocalDate day) {
        boolean all = true;
        String last = "";
        List<Due> batch = days.due(day, last, BATCH);
        while (!batch.isEmpty()) {
            for (Due due : batch) {
                if (Thread.currentThread().isInterrupted() || !takesTurn()) {
                    return false;
                }
                all &= failures.attempt("The cost of workspace " + due.workspaceId(), () -> charge(due, day));
                last = due.workspaceId();
            }
            batch = days.due(day, last, BATCH);
        }
        return all;
    }

    private void charge(Due due, LocalDate last) {
        String workspace = due.workspaceId();
        for (LocalDate day = due.firstDay(); !day.isAfter(last); day = day.plusDays(1)) {
            DayCost cost = costs.of(workspace, day);
            commands.send(
                    workspace,
                    new ChargeWorkspace(
                            workspace,
                            day,
                            cost.accrued(),
                            cost.ofNodes(),
                            settings.grace(),
                            settings.afterGrace(),
                            clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            days.keep(workspace, day);
        }
    }

    private synchronized boolean takesTurn() {
        return !ended && turns.claim(TURN, settings.turn());
    }

    /** Begins nothing more, and lets other instances go on. */
    public synchronized void end() {
        ended = true;
        try {
            turns.release();
        } catch (DataAccessException unreachable) {
            LOG.debug("The turn of this instance ends by itself: {}", unreachable.getMessage());
        }
    }
}
