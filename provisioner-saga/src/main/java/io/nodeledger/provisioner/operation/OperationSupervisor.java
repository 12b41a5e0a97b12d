package io.nodeledger.provisioner.operation;

import io.nodeledger.base.messaging.Outages;
import io.nodeledger.provisioner.activity.Activities;
import io.nodeledger.provisioner.activity.HeldOperations;
import io.nodeledger.provisioner.activity.HeldOperations.Held;
import io.nodeledger.provisioner.activity.NodeReading;
import io.nodeledger.provisioner.activity.NodeStreams;
import io.nodeledger.provisioner.activity.RunningOperation;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives held operations on: what is next for them is folded from their nodes' streams by the function that their sagas
 * use too (source: rulings 5). Those that nobody works on are held too. Each instance does it; scheduling a step twice
 * changes nothing.
 */
final class OperationSupervisor implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OperationSupervisor.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final HeldOperations held;
    private final StalledOperations stalled;
    private final SagaRows sagas;
    private final NodeStreams nodes;
    private final Activities activities;
    private final TransactionTemplate transaction;
    private volatile @Nullable ScheduledExecutorService executor;

    OperationSupervisor(
            HeldOperations held,
            StalledOperations stalled,
            SagaRows sagas,
            NodeStreams nodes,
            Activities activities,
            TransactionTemplate transaction) {
        this.held = held;
        this.stalled = stalled;
        this.sagas = sagas;
        this.nodes = nodes;
        this.activities = activities;
        this.transaction = transaction;
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("operation-supervisor").factory());
        ScheduledFuture<?> _ =
                started.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    public void stop() {
        var stopping = executor;
        if (stopping != null) {
            stopping.shutdownNow();
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }

    private void look() {
        try {
            stalled.hold();
            held.releaseAcknowledged();
            held.all().forEach(this::driveOn);
        } catch (RuntimeException failure) {
            log.atLevel(Outages.explain(failure) ? Level.DEBUG : Level.ERROR)
                    .setCause(failure)
                    .log("The held and stalled operations can't be looked at");
        }
    }

    private void driveOn(Held one) {
        try {
            transaction.executeWithoutResult(_ -> next(one));
        } catch (RuntimeException failure) {
            if (!Outages.explain(failure)) {
                log.debug("Operation {} of {} can't be driven on", one.operationId(), one.nodeId(), failure);
                held.explain(one.operationId(), failure);
            }
        }
    }

    private void next(Held one) {
        NodeReading node = nodes.reading(one.nodeId());
        RunningOperation operation = node.facts().operation();
        if (operation == null || !operation.id().equals(one.operationId())) {
            sagas.removeOf(one.operationId());
            held.release(one.operationId());
            log.info("Operation {} of {} has ended and is no longer held", one.operationId(), one.nodeId());
        } else if (!one.awaited()) {
            operation
                    .progress()
                    .next()
                    .ifPresent(step -> activities.schedule(one.nodeId(), operation.progress(), step, node.last()));
        }
    }
}
