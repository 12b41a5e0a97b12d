package io.nodeledger.provisioner.kubernetes.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Evictions at an API server that takes connections and never answers. */
class EvictionsTest {
    private static final int PARALLEL = 4;
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static ServerSocket silent;
    private static KubernetesClient client;

    @BeforeAll
    static void connect() throws IOException {
        silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        client = clientOf(silent.getLocalPort(), PATIENCE);
    }

    @AfterAll
    static void disconnect() throws IOException {
        client.close();
        silent.close();
    }

    @Test
    void aRoundEndsSoonAlthoughAHundredPodsAreLeft() throws InterruptedException {
        var chunks = new AtomicInteger();
        var evictions = new Evictions(client, PARALLEL, PATIENCE.multipliedBy(2), chunks::incrementAndGet);

        var answers = evictions.evict(pods(100));

        assertThat(chunks).hasPositiveValue().hasValueLessThanOrEqualTo(3);
        assertThat(answers)
                .hasSize(chunks.get() * PARALLEL)
                .allSatisfy((pod, answer) -> assertThat(answer).isInstanceOf(EvictionAnswer.Unanswered.class));
    }

    @Test
    void anotherOrderEachTimeGivesEveryPodItsTurn() throws InterruptedException {
        var pods = pods(100);

        var asked = IntStream.range(0, 5)
                .mapToObj(round -> new Evictions(client, 1, PATIENCE.dividedBy(2), () -> {}))
                .map(evictions -> first(evictions, pods))
                .distinct();

        assertThat(asked.count()).isGreaterThan(1);
    }

    @Test
    void aLostLeaseEndsTheRoundBeforeAnythingIsAsked() {
        var evictions = new Evictions(client, PARALLEL, PATIENCE, () -> {
            throw new IllegalStateException("lease lost");
        });

        assertThatThrownBy(() -> evictions.evict(pods(1))).hasMessage("lease lost");
    }

    /** As an API server does with credentials that have been rotated. */
    @Test
    void credentialsThatAreNotAcceptedEndTheRoundAndAreNoAnswerAboutAPod() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", call -> {
            call.sendResponseHeaders(401, -1);
            call.close();
        });
        server.start();
        try (var unknown = clientOf(server.getAddress().getPort(), LONG)) {
            var evictions = new Evictions(unknown, PARALLEL, PATIENCE, () -> {});

            assertThatThrownBy(() -> evictions.evict(pods(1)))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            failure -> assertThat(failure.getCode()).isEqualTo(401));
        } finally {
            server.stop(0);
        }
    }

    private static KubernetesClient clientOf(int port, Duration longestCall) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .withRequestTimeout((int) longestCall.toMillis())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static List<Pod> first(Evictions evictions, List<Pod> pods) {
        try {
            return List.copyOf(evictions.evict(pods).keySet());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Pod> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> APod.of("ReplicaSet")
                        .editMetadata()
                        .withName("web-" + number)
                        .endMetadata()
                        .build())
                .toList();
    }
}
