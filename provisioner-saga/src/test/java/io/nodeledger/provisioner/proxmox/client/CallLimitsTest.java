package io.nodeledger.provisioner.proxmox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nodeledger.provisioner.activity.ActivitySettings;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to servers that take a connection and then never come to an end; a call that does not end hangs the test. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallLimitsTest {
    private static final CallLimits SHORT = new CallLimits(
            Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(600), Duration.ofMillis(600));

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @Test
    void aLeaseOutlastsTheLongestCall() {
        var missedHeartbeats = 4;
        assertThat(ProxmoxClient.LONGEST_CALL)
                .isLessThan(ActivitySettings.SHORTEST_HEARTBEAT.multipliedBy(missedHeartbeats));
        assertThat(List.of(CallLimits.STANDARD.connect(), CallLimits.STANDARD.answer()))
                .allSatisfy(part -> assertThat(part).isLessThan(CallLimits.STANDARD.call()));
    }

    @Test
    void aChangeThatIsNeverAnsweredEndsAndNobodyKnowsWhatBecameOfIt() throws IOException {
        try (var client = client("http")) {
            assertThat(failure(() -> client.start("pve1", 101)).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            assertThat(failure(() -> client.destroy("pve1", 101)).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void aLookThatIsNeverAnsweredEndsAndMaySimplyBeRepeated() throws IOException {
        try (var client = client("http")) {
            assertThat(failure(() -> client.config("pve1", 101)).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void anAnswerThatTricklesForEverEndsAllTheSame() throws IOException {
        trickle("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
        try (var client = client("http")) {
            assertThat(failure(() -> client.start("pve1", 101)).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void headersThatTrickleForEverEndAllTheSame() throws IOException {
        trickle("HTTP/1.1 200 OK\r\nX-Slow: ");
        try (var client = client("http")) {
            assertThat(failure(() -> client.start("pve1", 101)).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void anUploadThatIsNeverAnsweredEnds() throws IOException {
        try (var client = client("http")) {
            assertThat(failure(() -> client.uploadIso("pve1", "shared", "seed.iso", new byte[100_000]))
                            .kind())
                    .isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void callsThatFindNoPlaceInThePoolHaveDoneNothingAndAreNoFailedAttempts() throws Exception {
        int more = 80;
        try (var client = client("http");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Kind>> calls = Collections.nCopies(
                    more, () -> failure(() -> client.start("pve1", 101)).kind());

            var kinds = new ArrayList<Kind>();
            for (Future<Kind> call : threads.invokeAll(calls)) {
                kinds.add(call.get());
            }

            assertThat(kinds).contains(Kind.RETRY_SLOWLY).containsOnly(Kind.RETRY_SLOWLY, Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void aServerThatNeverShakesHandsEndsACall() throws IOException {
        try (var client = client("https")) {
            assertThat(failure(() -> client.start("pve1", 101))).isNotNull();
        }
    }

    private static ProxmoxFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(ProxmoxFailure.class, call);
    }

    private ProxmoxClient client(String scheme) {
        var settings = new RegionsSettings.Proxmox(
                scheme + "://127.0.0.1:" + server.getLocalPort(),
                "root@pam!test=secret",
                null,
                "00".repeat(32),
                9000,
                "shared",
                null,
                null,
                null,
                "vmbr0",
                "1000-1999");
        return new ProxmoxClient(settings, SHORT);
    }

    /** Answers with this and then a byte now and then, more often than any time-out would notice. */
    private void trickle(String beginning) {
        Thread.ofVirtual().start(() -> {
            try (Socket connection = server.accept();
                    InputStream in = connection.getInputStream();
                    OutputStream out = connection.getOutputStream()) {
                assertThat(in.read()).isPositive();
                out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
