package io.nodeledger.benchmarks.event;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.kafka.EmbeddedKafka;
import io.nodeledger.standalone.token.SigningKey;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import io.nodeledger.webhook.WebhookServiceApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A database, a broker, and the service that tells others, which can be begun while nothing reaches the broker. */
final class TellingAlone implements AutoCloseable {
    private static final String NOWHERE = "127.0.0.1:1";

    private final DataFolder folder = new DataFolder(Files.createTempDirectory("nodeledger-bench-"));
    private final TestDatabase database = PostgresServer.newDatabase();
    private final EmbeddedKafka kafka;
    private @Nullable ServletWebServerApplicationContext service;

    TellingAlone() throws Exception {
        SigningKey.ensure(folder.created());
        kafka = EmbeddedKafka.start(folder.kafka());
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Begins it anew. */
    void begin(boolean reachesKafka) {
        end();
        var arguments = arguments(folder, database, reachesKafka ? bootstrapServers() : NOWHERE);
        service = (ServletWebServerApplicationContext)
                new SpringApplication(WebhookServiceApplication.class).run(arguments.toArray(String[]::new));
    }

    /** What the service is started with. */
    static List<String> arguments(DataFolder folder, TestDatabase database, String bootstrapServers) {
        var arguments = new ArrayList<>(List.of(database.asArguments()));
        arguments.addAll(List.of(
                "--server.port=0",
                "--nodeledger.rate-limit.enabled=false",
                "--nodeledger.jwt.issuer=" + TokenRequest.ISSUER,
                "--nodeledger.jwt.audience=" + TokenRequest.AUDIENCE,
                "--nodeledger.jwt.jwks-url=" + folder.keySet().toUri(),
                "--nodeledger.kafka.bootstrap-servers=" + bootstrapServers,
                "--nodeledger.webhooks.allow-insecure-targets=true",
                "--nodeledger.webhooks.encryption-keys=" + "A".repeat(43) + "=",
                "--spring.main.banner-mode=off",
                "--logging.level.root=ERROR"));
        return arguments;
    }

    <T> T bean(Class<T> type) {
        return running().getBean(type);
    }

    String url() {
        return "http://localhost:"
                + Objects.requireNonNull(running().getWebServer()).getPort();
    }

    String token(String workspaceId) throws Exception {
        return Tokens.of(folder).mint(new TokenRequest("benchmark", workspaceId, "admin", false, Duration.ofHours(1)));
    }

    private ServletWebServerApplicationContext running() {
        return Objects.requireNonNull(service);
    }

    private void end() {
        if (service != null) {
            service.close();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        kafka.close();
        TemporaryInstance.delete(folder.root());
    }
}
