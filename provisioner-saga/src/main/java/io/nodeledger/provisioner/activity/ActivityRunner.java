package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Executes due activities of this installation in this instance, from the start of the application to its stop. */
final class ActivityRunner implements SmartLifecycle {
    private static final int MISSED_HEARTBEATS = 4;

    private final Scheduler scheduler;
    private final ActivityRows rows;
    private final InstallationSettings installation;
    private final Wakeups wakeups;
    private @Nullable Subscription announcements;

    ActivityRunner(
            DataSource dataSource,
            StepActivity activity,
            ActivityRows rows,
            ActivitySettings settings,
            InstallationSettings installation,
            Wakeups wakeups) {
        this.rows = rows;
        this.installation = installation;
        this.wakeups = wakeups;
        this.scheduler = Scheduler.create(dataSource, List.of(activity.asTask()))
                .tableName(ActivityRows.TABLE)
                .serializer(new StepTaskJson())
                .threads(settings.concurrency())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.pollingInterval())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.shutdownWait())
                .alwaysPersistTimestampInUTC()
                .build();
    }

    @Override
    public void start() {
        if (installation.soleInstance()) {
            rows.releaseAll();
        }
        scheduler.start();
        announcements = wakeups.listen(ScheduledActivities.CHANNEL, scheduler::triggerCheckForDueExecutions);
    }

    @Override
    public void stop() {
        if (announcements != null) {
            announcements.close();
            announcements = null;
        }
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return announcements != null;
    }
}
