package io.nodeledger.webhook.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times attempts to deliver: {@code nodeledger.webhooks.attempts}, by outcome. */
final class AttemptMeters {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry meters;

    AttemptMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void made(Attempt attempt) {
        Timer.builder("nodeledger.webhooks.attempts")
                .description("Attempts to deliver to webhooks, by outcome, and how long they took")
                .tag("outcome", outcome(attempt))
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(Duration.ofMillis(attempt.latencyMs()));
    }

    private static String outcome(Attempt attempt) {
        if (attempt.accepted()) {
            return "accepted";
        }
        if (attempt.status() == null) {
            return "unanswered";
        }
        if (attempt.gone()) {
            return "gone";
        }
        return attempt.refused() ? "refused" : "failed";
    }
}
