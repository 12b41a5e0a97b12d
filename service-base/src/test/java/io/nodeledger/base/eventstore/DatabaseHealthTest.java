package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What says that the database answers, and what does not say that it is away. */
class DatabaseHealthTest {
    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcClient administrator = JdbcClient.create(database.dataSource());
    private final String first = "health_" + Long.toHexString(System.nanoTime());
    private final String second = first + "_next";

    @Test
    void aConnectionThatBreaksAfterTheCredentialsWereChangedIsMadeWithThoseOfNow() throws Exception {
        administrator.sql("CREATE ROLE " + first + " LOGIN").update();
        administrator.sql("CREATE ROLE " + second + " LOGIN").update();
        var now = new AtomicReference<>(settings(first));
        try (var health = new DatabaseHealth(() -> Objects.requireNonNull(now.get()))) {
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);

            administrator.sql("ALTER ROLE " + first + " NOLOGIN").update();
            now.set(settings(second));
            administrator
                    .sql("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE usename = ?")
                    .param(first)
                    .query(Long.class)
                    .single();

            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aServerThatTakesNoMoreConnectionsAnswers() throws Exception {
        administrator.sql("CREATE ROLE " + first + " LOGIN CONNECTION LIMIT 0").update();
        try (var health = new DatabaseHealth(() -> settings(first))) {
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void oneThatRefusesDoesNot() throws Exception {
        try (var health = new DatabaseHealth(() -> settings("nobody"))) {
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    /** Whom an address names is who connects, whatever else is said. */
    private DatabaseSettings settings(String user) {
        return new DatabaseSettings(
                database.url().replaceAll("[?].*", ""),
                user,
                "any",
                24,
                12,
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }
}
