package io.nodeledger.provisioner.reconciliation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import io.nodeledger.base.settings.InstallationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the passes: each region's on one instance at a time, whichever comes first, and on another one when that dies in
 * the middle. A row per region in a table of its own: steps never wait for a pass.
 */
final class ReconcilerRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerRunner.class);
    private static final String TABLE = "provisioner.reconciliation_task";
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(5);
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(3);

    private final Reconciler reconciler;
    private final JdbcClient jdbc;
    private final InstallationSettings installation;
    private final Scheduler scheduler;
    private volatile boolean running;

    ReconcilerRunner(
            Reconciler reconciler,
            ReconcilerSettings settings,
            InstallationSettings installation,
            DataSource dataSource) {
        this.reconciler = reconciler;
        this.jdbc = JdbcClient.create(dataSource);
        this.installation = installation;
        List<RecurringTask<Void>> tasks = reconciler.regions().stream()
                .map(region -> task(region, settings.every()))
                .toList();
        Duration poll = settings.every().compareTo(LONGEST_POLL) < 0 ? settings.every() : LONGEST_POLL;
        this.scheduler = Scheduler.create(dataSource)
                .startTasks(tasks)
                .tableName(TABLE)
                .threads(Math.max(1, tasks.size()))
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(poll)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(SHUTDOWN_WAIT)
                .alwaysPersistTimestampInUTC()
                .build();
    }

    private RecurringTask<Void> task(String region, Duration every) {
        return Tasks.recurring("reconcile-" + region, new AfterEachPause(every))
                .execute((_, context) -> pass(region, context));
    }

    private void pass(String region, ExecutionContext context) {
        try {
            reconciler.pass(region, leaseOf(context.getExecution()));
        } catch (Guard.Overtaken overtaken) {
            LOG.info("A pass over region {} stops: {}", region, overtaken.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** The version changes each time the row is picked or given back; instances can share the name of their host. */
    private BooleanSupplier leaseOf(Execution execution) {
        return () -> jdbc.sql("select exists (select from " + TABLE
                        + " where task_name = ? and task_instance = ? and picked and version = ?)")
                .params(execution.getTaskName(), execution.getId(), execution.version)
                .query(Boolean.class)
                .single();
    }

    /** Not at once after the very first start either: what is known of the nodes has to be read first. */
    private record AfterEachPause(Duration pause) implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete last) {
            return last.getTimeDone().plus(pause);
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }

    @Override
    public void start() {
        if (installation.soleInstance()) {
            jdbc.sql("update " + TABLE + " set picked = false, picked_by = null, last_heartbeat = null where picked")
                    .update();
        }
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
