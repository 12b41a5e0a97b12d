package io.nodeledger.webhook.delivery;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.tracing.Work;
import io.nodeledger.webhook.delivery.Lines.Due;
import io.nodeledger.webhook.delivery.Lines.Result;
import io.nodeledger.webhook.secret.Secrets;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts and says what follows from them. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Sender sender;
    private final Secrets secrets;
    private final RetrySchedule schedule;
    private final AttemptMeters meters;
    private final Clock clock;
    private final Tracing tracing;

    Attempts(
            Sender sender,
            Secrets secrets,
            RetrySchedule schedule,
            AttemptMeters meters,
            Clock clock,
            Tracing tracing) {
        this.meters = meters;
        this.sender = sender;
        this.secrets = secrets;
        this.schedule = schedule;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * A result and what the endpoint has asked for with it.
     *
     * @param rest how long it wants to be left alone, zero if it has not said so
     */
    record Made(Result result, String url, Duration rest) {
        /** Whether the endpoint wants nothing more, for now or for good. */
        boolean halts() {
            return rest.isPositive() || result.attempt().gone();
        }
    }

    /** The secrets that sign for an endpoint now. */
    List<WebhookSecret> signing(String endpointId) {
        return secrets.signing(endpointId, clock.instant());
    }

    /** Makes one; whatever happens, there is a result. */
    Made make(String endpointId, Due due, String url, List<WebhookSecret> signing) {
        var origin = due.origin();
        try (var work = tracing.beginCall("webhook attempt", origin.traceParent())
                .about(Work.REQUEST_ID, origin.requestId())
                .about(Work.NODE_ID, origin.nodeId())
                .about("event_id", due.eventId())
                .about("webhook_id", endpointId)
                .about("delivery_id", due.id())) {
            return make(due, url, signing, work);
        }
    }

    private Made make(Due due, String url, List<WebhookSecret> signing, Work work) {
        Sender.Outcome outcome = outcome(due, url, signing, work.traceParent());
        Attempt attempt = outcome.attempt();
        describe(work, attempt);
        meters.made(attempt);
        return new Made(
                result(due, attempt, outcome.retryAfter()),
                url,
                attempt.asksForRest() ? outcome.retryAfter() : Duration.ZERO);
    }

    private static void describe(Work work, Attempt attempt) {
        if (attempt.status() != null) {
            work.with("http.response.status_code", attempt.status().toString());
        }
        if (!attempt.accepted()) {
            work.failed(Objects.requireNonNullElse(attempt.error(), "Refused"));
        }
    }

    private Sender.Outcome outcome(Due due, String url, List<WebhookSecret> signing, @Nullable String traceParent) {
        try {
            return sender.send(
                    url, due.eventId(), due.body().getBytes(StandardCharsets.UTF_8), signing, due.tries(), traceParent);
        } catch (RuntimeException mistake) {
            LOG.error("{} can't be sent", due.id(), mistake);
            var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            return new Sender.Outcome(new Attempt(at, null, 0, "it could not be sent", null), Duration.ZERO);
        }
    }

    private Result result(Due due, Attempt attempt, Duration retryAfter) {
        if (attempt.accepted()) {
            return new Result(due, attempt, DeliveryStatus.DELIVERED, Duration.ZERO);
        }
        if (attempt.gone()) {
            return new Result(due, attempt, DeliveryStatus.FAILED, Duration.ZERO);
        }
        Optional<Duration> pause =
                due.counts() ? schedule.pauseAfter(due.tries() + 1, retryAfter) : Optional.of(due.plannedIn());
        return new Result(
                due,
                attempt,
                pause.isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED,
                pause.orElse(Duration.ZERO));
    }
}
