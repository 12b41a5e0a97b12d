package io.nodeledger.webhook.delivery;

import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.webhook.delivery.DeliveryQueue.Due;
import io.nodeledger.webhook.delivery.DeliveryQueue.Result;
import io.nodeledger.webhook.secret.Secrets;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends to one endpoint what is due for it, so that no other endpoint waits for this one. Several attempts are made at a time,
 * but those of one node one after the other, in the order of what happened.
 */
final class Lane {
    private static final int BATCH = 64;
    private static final int IDLE_ROUNDS = 5;

    private final JdbcClient jdbc;
    private final DeliveryQueue queue;
    private final Ownership ownership;
    private final Secrets secrets;
    private final Sender sender;
    private final RetrySchedule schedule;
    private final EndpointHealth health;
    private final Wakeups wakeups;
    private final DeliverySettings settings;
    private final Clock clock;

    Lane(
            JdbcClient jdbc,
            DeliveryQueue queue,
            Ownership ownership,
            Secrets secrets,
            Sender sender,
            RetrySchedule schedule,
            EndpointHealth health,
            Wakeups wakeups,
            DeliverySettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.ownership = ownership;
        this.secrets = secrets;
        this.sender = sender;
        this.schedule = schedule;
        this.health = health;
        this.wakeups = wakeups;
        this.settings = settings;
        this.clock = clock;
    }

    private record Target(String url, String workspaceId) {}

    /** Sends to the endpoint until nothing was due for a while, or the endpoint is someone else's. */
    void serve(String endpointId) throws InterruptedException {
        var news = new Semaphore(0);
        try (var _ = wakeups.listen(DeliveryQueue.channelOf(endpointId), news::release)) {
            int idle = 0;
            while (idle < IDLE_ROUNDS && ownership.holds(endpointId)) {
                news.drainPermits();
                var target = targetOf(endpointId);
                List<Due> due = target.isEmpty() ? List.of() : queue.due(endpointId, BATCH);
                if (due.isEmpty()) {
                    idle = news.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS) ? 0 : idle + 1;
                } else {
                    idle = 0;
                    send(endpointId, target.orElseThrow(), due);
                }
            }
        }
    }

    private Optional<Target> targetOf(String endpointId) {
        return jdbc.sql("select url, workspace_id from webhook.endpoint where id = ? and enabled")
                .param(endpointId)
                .query((row, _) -> new Target(row.getString(1), row.getString(2)))
                .optional();
    }

    private void send(String endpointId, Target target, List<Due> due) throws InterruptedException {
        var signing = secrets.signing(endpointId, clock.instant());
        Map<String, List<Due>> byNode = new LinkedHashMap<>();
        due.forEach(each ->
                byNode.computeIfAbsent(each.nodeId(), _ -> new ArrayList<>()).add(each));
        var places = new Semaphore(settings.inFlight());
        var results = new ArrayList<Result>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = byNode.values().stream()
                    .map(ofNode -> threads.submit(() -> sendAll(ofNode, target.url(), signing, places)))
                    .toList();
            for (Future<List<Result>> some : sent) {
                results.addAll(some.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("What was sent to " + endpointId + " is not known", broken);
        }
        queue.record(results);
        health.observe(
                endpointId,
                target.workspaceId(),
                results.stream().map(Result::attempt).toList());
    }

    private List<Result> sendAll(List<Due> due, String url, List<WebhookSecret> signing, Semaphore places)
            throws InterruptedException {
        var results = new ArrayList<Result>();
        for (Due each : due) {
            places.acquire();
            try {
                results.add(resultOf(
                        each, sender.send(url, each.eventId(), each.body().getBytes(StandardCharsets.UTF_8), signing)));
            } finally {
                places.release();
            }
        }
        return results;
    }

    private Result resultOf(Due due, Sender.Outcome outcome) {
        Attempt attempt = outcome.attempt();
        if (attempt.accepted()) {
            return new Result(due.id(), attempt, "delivered", -1);
        }
        Optional<Duration> pause =
                attempt.gone() ? Optional.empty() : schedule.pauseAfter(due.tries() + 1, outcome.retryAfter());
        return new Result(
                due.id(),
                attempt,
                pause.isPresent() ? "pending" : "failed",
                pause.map(Duration::toMillis).orElse(-1L));
    }
}
