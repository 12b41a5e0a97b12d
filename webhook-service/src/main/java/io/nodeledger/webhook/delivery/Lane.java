package io.nodeledger.webhook.delivery;

import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.webhook.delivery.Attempts.Made;
import io.nodeledger.webhook.delivery.Lines.Due;
import io.nodeledger.webhook.delivery.Ownership.Target;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends to one endpoint what is due for it, so that no other endpoint waits for this one. Several attempts are made at a time,
 * one of each line. More is taken in hand than that, and given back if its turn does not come soon: by then the endpoint may be
 * somewhere else, or somebody else's.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int IDLE_ROUNDS = 5;
    private static final int IN_HAND = 64;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** What ends about the same time is kept at once. */
    private static final Duration TOGETHER = Duration.ofMillis(2);

    private final String endpointId;
    private final Ownership ownership;
    private final Lines lines;
    private final Attempts attempts;
    private final EndpointHealth health;
    private final Wakeups wakeups;
    private final DeliverySettings settings;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore moves = new Semaphore(0);
    private final Semaphore places;
    private final Queue<Taken> ended = new ConcurrentLinkedQueue<>();
    private final Set<String> busy = new HashSet<>();

    /** The endpoint wants nothing more, for now or for good: what is in hand is given back. */
    private volatile boolean halted;

    private Signing signing = new Signing(Instant.MIN, 0, List.of());

    Lane(
            String endpointId,
            Ownership ownership,
            Lines lines,
            Attempts attempts,
            EndpointHealth health,
            Wakeups wakeups,
            DeliverySettings settings) {
        this.endpointId = endpointId;
        this.ownership = ownership;
        this.lines = lines;
        this.attempts = attempts;
        this.health = health;
        this.wakeups = wakeups;
        this.settings = settings;
        this.places = new Semaphore(settings.inFlight());
    }

    /**
     * A line in hand.
     *
     * @param made what came of its first delivery, null when it was given back
     */
    private record Taken(String line, @Nullable Made made) {}

    /** Who signs, as it was read for what the endpoint's owner had last said of it, and when. */
    private record Signing(Instant updatedAt, long readAt, List<WebhookSecret> secrets) {}

    /**
     * Sends to the endpoint until nothing was due for a while, it is someone else's, or it has had its turn.
     *
     * @param crowded whether others wait for a turn
     */
    void serve(BooleanSupplier crowded) throws InterruptedException {
        long end = System.nanoTime() + TURN.toNanos();
        try (var _ = wakeups.listen(DeliveryQueue.channelOf(endpointId), moves::release)) {
            int idle = 0;
            while (idle < IDLE_ROUNDS) {
                moves.drainPermits();
                keep();
                boolean over = System.nanoTime() > end && crowded.getAsBoolean();
                Optional<Target> target =
                        over ? Optional.empty() : ownership.target(endpointId).filter(it -> !it.rests());
                target.ifPresent(this::begin);
                if (target.isEmpty() && busy.isEmpty()) {
                    return;
                }
                idle = await() || !busy.isEmpty() ? 0 : idle + 1;
            }
        } finally {
            finish();
        }
    }

    private void begin(Target target) {
        int room = IN_HAND - busy.size();
        // Half a hand full at least: each look costs the same.
        List<Due> due = room * 2 >= IN_HAND ? lines.due(endpointId, target.period(), busy, room) : List.of();
        if (due.isEmpty()) {
            return;
        }
        halted = false;
        List<WebhookSecret> secrets = secrets(target);
        if (secrets.isEmpty()) {
            // Deleted since it was looked at.
            return;
        }
        long takenAt = System.nanoTime();
        for (Due each : due) {
            busy.add(each.line());
            threads.execute(() -> attempt(each, target.url(), secrets, takenAt));
        }
    }

    private void attempt(Due due, String url, List<WebhookSecret> secrets, long takenAt) {
        try {
            places.acquire();
        } catch (InterruptedException ending) {
            return;
        }
        try {
            boolean goes = !halted && System.nanoTime() - takenAt < SOON.toNanos();
            Made made = goes ? attempts.make(endpointId, due, url, secrets) : null;
            if (made != null && made.halts()) {
                halted = true;
            }
            // What the end of this lane has cut off has come to nothing.
            if (!Thread.currentThread().isInterrupted()) {
                ended.add(new Taken(due.line(), made));
                moves.release();
            }
        } finally {
            places.release();
        }
    }

    private List<WebhookSecret> secrets(Target target) {
        long now = System.nanoTime();
        if (!signing.updatedAt().equals(target.updatedAt())
                || now - signing.readAt() > settings.poll().toNanos()) {
            signing = new Signing(target.updatedAt(), now, attempts.signing(endpointId));
        }
        return signing.secrets();
    }

    /** Whether something has happened within the time between two looks. */
    private boolean await() throws InterruptedException {
        if (!moves.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (busy.size() > 1) {
            var _ = moves.tryAcquire(busy.size() - 1, TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void keep() {
        List<Taken> taken = new ArrayList<>();
        for (Taken each = ended.poll(); each != null; each = ended.poll()) {
            taken.add(each);
        }
        List<Made> made =
                taken.stream().flatMap(each -> Stream.ofNullable(each.made())).toList();
        if (!made.isEmpty()) {
            made.stream()
                    .map(Made::result)
                    .collect(Collectors.groupingBy(result -> result.due().period()))
                    .forEach((period, results) -> lines.keep(endpointId, period, results));
            health.observe(endpointId, made);
        }
        taken.forEach(each -> busy.remove(each.line()));
    }

    /** What is under way has a moment to end, and what came of it is kept: else it would be sent again for nothing. */
    private void finish() {
        boolean interrupted = Thread.interrupted();
        threads.shutdown();
        try {
            var _ = threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        threads.shutdownNow();
        try {
            keep();
        } catch (DataAccessException outage) {
            LOG.debug("{} is sent again what it was last sent", endpointId, outage);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
