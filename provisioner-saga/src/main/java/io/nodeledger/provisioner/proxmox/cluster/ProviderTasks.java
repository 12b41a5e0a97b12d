package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts tasks so that they survive a crash of this instance, and waits for them a little. A task that failed counts as
 * one failed attempt; it is remembered here, so that the next attempt does not trip over it again. After a crash it may
 * count twice, which only ends a hopeless step sooner.
 */
public final class ProviderTasks {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final FailedTasks failed = new FailedTasks();

    /**
     * Starts a task, {@linkplain #secure secures} it, and waits for at most a second.
     *
     * @return how it is doing after that
     */
    public TaskStatus run(ProxmoxClient client, Attempt attempt, Supplier<Optional<Upid>> call)
            throws InterruptedException {
        attempt.assertLease();
        Optional<Upid> upid = call.get();
        if (upid.isEmpty()) {
            return TaskStatus.OK;
        }
        return secure(client, attempt, upid.get()).succeeded() ? TaskStatus.OK : await(client, upid.get());
    }

    /**
     * Looks at a task that was just started, once, and makes its id durable before anything waits for it. A task that
     * has already succeeded needs none: its effect is what the step finds when it looks again (decision 13).
     *
     * @return how it is doing at that look
     */
    public TaskStatus secure(ProxmoxClient client, Attempt attempt, Upid upid) {
        TaskStatus status;
        try {
            status = client.task(upid);
        } catch (ProxmoxFailure unseen) {
            attempt.record(new Outcome.TaskStarted(upid.text()));
            throw unseen;
        }
        if (!status.succeeded()) {
            attempt.record(new Outcome.TaskStarted(upid.text()));
        }
        return status;
    }

    /** Waits for a task's end for at most a second. */
    public TaskStatus await(ProxmoxClient client, Upid upid) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_LOOK;
        TaskStatus status = client.task(upid);
        while (status.running() && System.nanoTime() + pause.toNanos() < giveUp) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
            status = client.task(upid);
        }
        if (!status.running() && !status.succeeded()) {
            failed.add(upid);
        }
        return status;
    }

    /**
     * How the task that was last recorded for a step is doing. Empty when none is recorded, when the server has
     * forgotten it, when its host is down, so that it ended with its host, or when it failed and that has been counted.
     */
    public Optional<TaskStatus> resume(ProxmoxClient client, NodeFacts node, Step step) throws InterruptedException {
        Optional<Upid> upid = recorded(node, step).filter(task -> !failed.contains(task));
        if (upid.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(await(client, upid.get()));
        } catch (ProxmoxFailure failure) {
            return switch (failure.kind()) {
                case PERMANENT, ABSENT -> Optional.empty();
                case RETRY, UNREACHABLE, UNKNOWN_OUTCOME -> {
                    if (client.listing().isOnline(upid.get().host())) {
                        throw failure;
                    }
                    yield Optional.empty();
                }
                default -> throw failure;
            };
        }
    }

    /** The task that was last recorded for a step of the running operation. */
    public static Optional<Upid> recorded(NodeFacts node, Step step) {
        var operation = node.operation();
        return Optional.ofNullable(
                        operation == null ? null : operation.providerTasks().get(step))
                .map(Upid::new);
    }

    /** How long to pause before the next look: longer the longer it takes, two seconds at most. */
    public static Duration pause(Attempt attempt) {
        Duration waited = Duration.between(attempt.startedAt(), attempt.now()).dividedBy(8);
        if (waited.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
    }
}
