package io.nodeledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.testing.CutLine;
import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Who asks whether a service takes requests hears of the database; who asks whether it lives does not. */
class ReadinessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void withoutItsDatabaseAServiceLivesAndTakesNoRequests() throws Exception {
        try (var line = new CutLine(PostgresServer.newDatabase());
                var server = QueryServer.on(line.database(), "--management.server.port=0");
                var http = HttpClient.newHttpClient()) {
            String port = server.bean(Environment.class).getRequiredProperty("local.management.port");
            var health = URI.create("http://localhost:" + port + "/actuator/health/");
            assertThat(status(http, health, "readiness")).isEqualTo(200);

            line.cut();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(status(http, health, "readiness")).isEqualTo(503));
            assertThat(status(http, health, "liveness")).isEqualTo(200);

            line.mend();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(status(http, health, "readiness")).isEqualTo(200));
        }
    }

    @Test
    void aUsedUpPoolIsNoReasonToTakeNoRequests() throws Exception {
        try (var server = QueryServer.on(
                        PostgresServer.newDatabase(),
                        "--management.server.port=0",
                        "--nodeledger.datasource.pool-size=4");
                var http = HttpClient.newHttpClient()) {
            String port = server.bean(Environment.class).getRequiredProperty("local.management.port");
            var pool = server.bean("connectionPool", DataSource.class);
            try (var _ = pool.getConnection();
                    var _ = pool.getConnection();
                    var _ = pool.getConnection();
                    var _ = pool.getConnection()) {
                var health = URI.create("http://localhost:" + port + "/actuator/health/");

                assertThat(status(http, health, "readiness")).isEqualTo(200);
            }
        }
    }

    private static int status(HttpClient http, URI health, String group) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(health.resolve(group)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
