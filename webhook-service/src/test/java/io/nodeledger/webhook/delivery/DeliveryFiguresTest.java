package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.testing.PostgresServer;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeliveryFiguresTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JdbcClient jdbc = migrated();

    private static JdbcClient migrated() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("webhook")
                .defaultSchema("webhook")
                .table("schema_history")
                .locations("classpath:db/webhook")
                .load()
                .migrate();
        return JdbcClient.create(database.dataSource());
    }

    @Test
    void whatIsDueIsCountedUnlessItsWebhookWantsNothingNow() {
        var figures = new DeliveryFigures(jdbc, meters);
        endpoint("well", true, "null", "null", "null");
        endpoint("failing", true, "now()", "null", "null");
        endpoint("resting", true, "now()", "null", "now() + interval '1 hour'");
        endpoint("disabled", false, "null", "'gone'", "null");
        endpoint("off", false, "null", "null", "null");
        line("well", 0, "60");
        line("failing", 0, "600");
        line("failing", 9, "9000");
        line("well", 0, "-60");
        line("resting", 0, "7000");
        line("disabled", 0, "8000");

        figures.read();
        assertThat(value("nodeledger.webhooks.due")).isEqualTo(2);
        assertThat(value("nodeledger.webhooks.due.seconds")).isBetween(600.0, 700.0);
        assertThat(state("well")).isEqualTo(1);
        assertThat(state("failing")).isEqualTo(2);
        assertThat(state("disabled")).isEqualTo(1);
        assertThat(state("off")).isEqualTo(1);

        jdbc.sql("delete from webhook.line").update();
        figures.read();
        assertThat(value("nodeledger.webhooks.due")).isZero();
        assertThat(value("nodeledger.webhooks.due.seconds")).isZero();
    }

    @Test
    void attemptsAreCountedByWhatTheyEndIn() {
        var attempts = new AttemptMeters(meters);

        attempts.made(attempt(204));
        attempts.made(attempt(500));
        attempts.made(attempt(503));
        attempts.made(attempt(400));
        attempts.made(attempt(410));
        attempts.made(attempt(null));

        assertThat(attempts("accepted")).isEqualTo(1);
        assertThat(attempts("failed")).isEqualTo(2);
        assertThat(attempts("refused")).isEqualTo(1);
        assertThat(attempts("gone")).isEqualTo(1);
        assertThat(attempts("unanswered")).isEqualTo(1);
    }

    private static Attempt attempt(@Nullable Integer status) {
        return new Attempt(Instant.EPOCH, status, 20, status == null ? "timed out" : null, null);
    }

    private long attempts(String outcome) {
        return meters.get("nodeledger.webhooks.attempts")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }

    private double state(String word) {
        return meters.get("nodeledger.webhooks.endpoints")
                .tag("state", word)
                .gauge()
                .value();
    }

    private void endpoint(String id, boolean enabled, String failingSince, String disabledReason, String restsUntil) {
        jdbc.sql("""
                        insert into webhook.endpoint (id, workspace_id, url, event_types, node_labels, enabled, key_id,
                                                      created_at, updated_at, after_position, failing_since, disabled_reason,
                                                      rests_until)
                        values (?, 'ws-1', 'https://x', '{}', '{}', ?, 'key-1', now(), now(), 0, %s, %s, %s)""".formatted(failingSince, disabledReason, restsUntil))
                .params(id, enabled)
                .update();
    }

    private void line(String endpoint, int period, String dueForSeconds) {
        jdbc.sql("""
                        insert into webhook.line (endpoint_id, period, name, urgency, alone, due_at, planned_at)
                        values (?, ?, 'line-' || ?, 0, false, now() - %s * interval '1 second', now())""".formatted(dueForSeconds))
                .params(endpoint, period, dueForSeconds)
                .update();
    }
}
