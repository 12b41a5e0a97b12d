package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One attempt against a server that does as it likes. */
class SenderTest {
    private static final DeliverySettings HASTY = settings(Duration.ofMillis(500));
    private static final DeliverySettings PATIENT = settings(Duration.ofSeconds(30));

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
    void anEndlessAnswerIsCutOffAndItsStatusCounts() throws Exception {
        var written = new AtomicLong();
        var ended = new CountDownLatch(1);
        byte[] some = new byte[8 * 1024];
        answer("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write(some);
                    written.addAndGet(some.length);
                }
            } finally {
                ended.countDown();
            }
        });

        try (var sender = sender(true)) {
            var attempt = send(sender, url("/")).attempt();

            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.accepted()).isTrue();
            assertThat(attempt.latencyMs()).isLessThan(10_000);
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            // What does not fit into both sides' buffers can't be written.
            assertThat(written.get()).isLessThan(32 * 1024 * 1024);
        }
    }

    @Test
    void aSilentEndpointKeepsNoOtherOfItsHostWaiting() throws Exception {
        var asked = new CountDownLatch(5);
        answer("/silent", exchange -> {
            asked.countDown();
            new CountDownLatch(1).await();
        });
        answer("/other", exchange -> exchange.sendResponseHeaders(204, -1));

        try (var sender = sender(true)) {
            for (int i = 0; i < 5; i++) {
                Thread.startVirtualThread(() -> send(sender, url("/silent")));
            }
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            var attempt = send(sender, url("/other")).attempt();

            assertThat(attempt.status()).isEqualTo(204);
            assertThat(attempt.latencyMs()).isLessThan(10_000);
        }
    }

    @Test
    void whatWasAnsweredIsKeptNoLonger() throws Exception {
        answer("/", exchange -> exchange.sendResponseHeaders(204, -1));

        try (var sender = sender(true)) {
            assertThat(send(sender, url("/")).attempt().status()).isEqualTo(204);

            assertThat(sender.underWay()).isZero();
        }
    }

    @Test
    void whatWasAllowedOnceIsSentNothingOnceItIsNot() throws Exception {
        answer("/", exchange -> exchange.sendResponseHeaders(200, -1));
        var rules = new TargetRules(false, _ -> {
            throw new AssertionError("A name server was asked");
        });

        try (var sender = new Sender(rules, PATIENT, Clock.systemUTC())) {
            for (String url : List.of(url("/"), "https://localhost/", "https://10.1/")) {
                assertThat(send(sender, url).attempt().error()).as(url).isEqualTo("the URL is not allowed");
            }
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void whoeverSaysNothingIsLeftAfterTheTimeOut() throws IOException {
        answer("/silent", exchange -> new CountDownLatch(1).await());

        try (var sender = sender(true, HASTY)) {
            var silent = send(sender, url("/silent")).attempt();
            assertThat(silent.error()).isEqualTo("timed out");
            assertThat(silent.latencyMs()).isBetween(400L, 10_000L);
        }
    }

    @Test
    void whoeverIsNotThereIsSaidNotToBe() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        try (var sender = sender(true)) {
            var attempt = send(sender, "http://localhost:" + port + "/").attempt();
            assertThat(attempt.status()).isNull();
            assertThat(attempt.error()).isEqualTo("the connection was refused");
        }
    }

    @Test
    void anAddressInsideIsNotConnectedToWhateverItsNameSaidBefore() throws IOException {
        answer("/", exchange -> exchange.sendResponseHeaders(200, -1));

        try (var sender = sender(false)) {
            var attempt = send(sender, url("/").replace("http:", "https:")).attempt();
            assertThat(attempt.error()).isEqualTo("the host has no public address");
        }
        assertThat(calls).hasValue(0);
    }

    private Sender.Outcome send(String path) throws IOException {
        try (var sender = sender(true)) {
            return send(sender, url(path));
        }
    }

    private static Sender.Outcome send(Sender sender, String url) {
        return sender.send(url, "evt-1", new byte[0], List.of(WebhookSecret.random()), 0, null);
    }

    private static Sender sender(boolean insecure) {
        return sender(insecure, PATIENT);
    }

    private static Sender sender(boolean insecure, DeliverySettings settings) {
        var rules = new TargetRules(insecure, _ -> List.of(InetAddress.getLoopbackAddress()));
        return new Sender(rules, settings, Clock.systemUTC());
    }

    private String url(String path) {
        return "http://hooks.example.com:" + server.getAddress().getPort() + path;
    }

    private static DeliverySettings settings(Duration timeout) {
        return new DeliverySettings(
                true,
                timeout,
                2,
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                Duration.ofDays(5),
                Duration.ofDays(30),
                Duration.ofSeconds(1));
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
