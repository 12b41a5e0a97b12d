package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nodeledger.webhook.address.GuardedResolver;
import io.nodeledger.webhook.address.TargetRules;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One attempt against a server that does as it likes. */
class SenderTest {
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            true,
            Duration.ofMillis(500),
            2,
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofDays(5),
            Duration.ofDays(30),
            Duration.ofSeconds(1));

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed() throws IOException {
        answer("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/other");
            exchange.sendResponseHeaders(302, -1);
        });
        answer("/other", exchange -> exchange.sendResponseHeaders(200, -1));

        var attempt = send("/").attempt();

        assertThat(attempt.status()).isEqualTo(302);
        assertThat(attempt.accepted()).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void theWishForRestIsHeard() throws IOException {
        answer("/", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "120");
            exchange.sendResponseHeaders(503, -1);
        });

        assertThat(send("/").retryAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsKept() throws IOException {
        byte[] endless = "no\u0000 thanks ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        answer("/", exchange -> {
            exchange.sendResponseHeaders(500, 0);
            exchange.getResponseBody().write(endless);
        });

        assertThat(send("/").attempt().responseExcerpt())
                .startsWith("no thanks no thanks")
                .hasSize(1_000);
    }

    @Test
    void whoeverSaysNothingIsLeftAfterTheTimeOut() throws IOException {
        answer("/silent", exchange -> new CountDownLatch(1).await());

        var silent = send("/silent").attempt();
        assertThat(silent.error()).isEqualTo("timed out");
        assertThat(silent.latencyMs()).isBetween(400L, 10_000L);
    }

    @Test
    void whoeverIsNotThereIsSaidNotToBe() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        try (var sender = sender(true)) {
            var attempt = sender.send(
                            "http://localhost:" + port + "/", "evt-1", new byte[0], List.of(WebhookSecret.random()))
                    .attempt();
            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).isEqualTo("the connection was refused");
        }
    }

    @Test
    void anAddressInsideIsNotConnectedToWhateverItsNameSaidBefore() throws IOException {
        answer("/", exchange -> exchange.sendResponseHeaders(200, -1));

        try (var sender = sender(false)) {
            var attempt = sender.send(url("/"), "evt-1", new byte[0], List.of(WebhookSecret.random()))
                    .attempt();
            assertThat(attempt.error()).isEqualTo("the host has no public address");
        }
        assertThat(calls).hasValue(0);
    }

    private Sender.Outcome send(String path) throws IOException {
        try (var sender = sender(true)) {
            return sender.send(url(path), "evt-1", new byte[0], List.of(WebhookSecret.random()));
        }
    }

    private static Sender sender(boolean insecure) {
        var rules = new TargetRules(insecure, _ -> List.of(InetAddress.getLoopbackAddress()));
        return new Sender(new GuardedResolver(rules), SETTINGS, Clock.systemUTC());
    }

    private String url(String path) {
        return "http://hooks.example.com:" + server.getAddress().getPort() + path;
    }

    private interface Answering {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void answer(String path, Answering answering) {
        server.createContext(path, exchange -> {
            calls.incrementAndGet();
            try (exchange) {
                answering.to(exchange);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
