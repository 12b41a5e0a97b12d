package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.separate.Gateway.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a caller hears when an instance goes away. */
class GatewayTest {
    private static final String PATH = "/api/v1/workspaces/ws-1/nodes";

    @Test
    void whoIsCutOffMayTryAgain() throws IOException {
        try (var door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> cutOff(door));
            int port = door.getLocalPort();

            assertIsRetryable(ask(List.of(new Place(port, port, GatewayTest::nobodyCares))));
        }
    }

    @Test
    void whoFindsNobodyMayTryAgain() throws IOException {
        assertIsRetryable(ask(List.of()));
    }

    @Test
    void oneThatCantBeReachedIsReportedAndTheNextOneAsked() throws IOException {
        var reports = new AtomicInteger();
        int closed = closedPort();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        try {
            int open = server.getAddress().getPort();
            var places = List.of(
                    new Place(closed, closed, reports::incrementAndGet),
                    new Place(open, open, reports::incrementAndGet));

            // Of two requests in a row one has its turn at the first.
            try (var gateway = Gateway.open(_ -> places, 0)) {
                assertThat(ask(gateway).status()).isEqualTo(204);
                assertThat(ask(gateway).status()).isEqualTo(204);
            }

            assertThat(reports).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anIdThatServicesWouldNotTakeIsNotSentBack() throws IOException {
        try (var gateway = Gateway.open(_ -> List.of(), 0)) {
            var answer = ask(gateway, "<script>");

            assertThat(answer.headers().firstValue("X-Request-Id"))
                    .get()
                    .satisfies(id -> assertThat(id).startsWith("req-"));
            assertThat(answer.body().at("/error/request_id").asString()).startsWith("req-");
        }
    }

    private static Answer ask(List<Place> places) throws IOException {
        try (var gateway = Gateway.open(_ -> places, 0)) {
            return ask(gateway);
        }
    }

    private static Answer ask(Gateway gateway) throws IOException {
        return ask(gateway, "req-mine");
    }

    private static Answer ask(Gateway gateway, String requestId) throws IOException {
        try (var api = new Api("http://localhost:" + gateway.port(), () -> "none")) {
            return api.call("POST", PATH, Map.of("X-Request-Id", requestId), Map.of("name", "cut-off"));
        }
    }

    private static void assertIsRetryable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.errorCode()).isEqualTo("SYSTEM_SERVICE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("req-mine");
        assertThat(answer.body().at("/error/request_id").asString()).isEqualTo("req-mine");
    }

    private static void nobodyCares() {}

    /** Takes the request, as far as it has come, and hangs up. */
    private static void cutOff(ServerSocket door) {
        while (!door.isClosed()) {
            try (var caller = door.accept()) {
                int _ = caller.getInputStream().read();
            } catch (IOException over) {
                return;
            }
        }
    }

    private static int closedPort() throws IOException {
        try (var taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }
}
