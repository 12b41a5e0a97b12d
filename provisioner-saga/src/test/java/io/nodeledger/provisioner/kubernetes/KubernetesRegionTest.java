package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.ActivitySettings;
import io.nodeledger.provisioner.activity.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that were rotated, and calls that don't come to an end; one that does not end hangs the test. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KubernetesRegionTest {
    private static final Duration SHORT = Duration.ofMillis(800);

    @TempDir
    private static Path directory;

    private static SimulatedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new SimulatedCluster(directory.resolve("cluster"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aLeaseOutlastsTheLongestCall() {
        assertThat(KubernetesRegion.LONGEST_CALL)
                .isLessThanOrEqualTo(Duration.ofSeconds(10))
                .isLessThan(ActivitySettings.SHORTEST_HEARTBEAT.multipliedBy(4));
    }

    @Test
    void credentialsThatAreNotAcceptedAreReadAnewAndAreNoRefusal() throws Exception {
        try (var api = api(KubernetesRegionTest::onlyTheRotatedToken)) {
            assertThat(look(api.region))
                    .isInstanceOfSatisfying(
                            StepResult.RetryLater.class,
                            retry -> assertThat(retry.reason()).contains("credentials", "read again"));

            api.rotate("rotated");

            assertThat(look(api.region)).isEqualTo(StepResult.done("ready"));
        }
    }

    @Test
    void whatTheApiServerForbidsIsARefusal() throws Exception {
        try (var api = api(call -> ScriptedApi.refuse(call, 403))) {
            assertThat(look(api.region))
                    .isEqualTo(StepResult.failed("PROVIDER_REFUSED", "Kubernetes refused: refused"));
        }
    }

    @Test
    void aCallUnderWaySurvivesThatTheClientIsReplaced() throws Exception {
        var slowArrived = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var api = api(call -> {
                    if (call.getRequestURI().getPath().endsWith("/slow")) {
                        slowArrived.countDown();
                        release.await();
                        ScriptedApi.answer(call, 200, node("slow"));
                    } else {
                        onlyTheRotatedToken(call);
                    }
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var underWay = threads.submit(() -> api.region.node("slow"));
            slowArrived.await();
            var before = api.region.client();
            api.rotate("rotated");

            // fabric8 reads the token anew by itself once a minute at most, so the refusal is made here
            assertThatThrownBy(() -> api.region.call(() -> {
                        throw new KubernetesClientException("Unauthorized", 401, null);
                    }))
                    .isInstanceOf(KubernetesClientException.class);
            assertThat(api.region.client()).isNotSameAs(before);
            assertThat(api.region.node("ready")).isPresent();
            release.countDown();

            assertThat(underWay.get()).map(Node::getMetadata).isPresent();
        }
    }

    @Test
    void manyRefusalsAtOnceReplaceTheClientOnce() throws Exception {
        try (var api = api(KubernetesRegionTest::onlyTheRotatedToken)) {
            var first = api.region.client();
            var refused = new CountDownLatch(20);
            api.rotate("rotated");
            List<Callable<Object>> calls = Collections.nCopies(
                    20,
                    () -> api.region.call(() -> {
                        refused.countDown();
                        refused.await();
                        throw new KubernetesClientException("Unauthorized", 401, null);
                    }));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(threads.invokeAll(calls)).hasSize(20);
            }

            var second = api.region.client();
            assertThat(second).isNotSameAs(first);
            assertThatThrownBy(() -> api.region.call(() -> {
                        throw new KubernetesClientException("Unauthorized", 401, null);
                    }))
                    .isInstanceOf(KubernetesClientException.class);
            assertThat(api.region.client()).as("too young to be worth it").isSameAs(second);
        }
    }

    @Test
    void aServerThatNeverAnswersEndsACall() throws Exception {
        var never = new CountDownLatch(1);
        try (var api = api(SHORT, call -> never.await())) {
            assertThat(look(api.region)).isInstanceOf(StepResult.RetryLater.class);
            assertThat(api.timed).containsExactly("other unreachable");
        }
    }

    @Test
    void aServerThatAsksUsToComeBackInAnHourIsNotWaitedFor() throws Exception {
        var asked = new AtomicInteger();
        try (var api = api(call -> {
            asked.incrementAndGet();
            call.getResponseHeaders().add("Retry-After", "3600");
            ScriptedApi.refuse(call, 429);
        })) {
            assertThat(look(api.region)).isInstanceOf(StepResult.RetryLater.class);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aKubeconfigThatCannotBeUsedIsTriedAgainAndSaysWhy() throws Exception {
        try (var region =
                new KubernetesRegion("us-west-2", directory.resolve("absent"), KubernetesRegion.LONGEST_CALL)) {
            assertThat(look(region))
                    .isInstanceOfSatisfying(
                            StepResult.RetryLater.class,
                            retry -> assertThat(retry.reason()).contains("kubeconfig", "absent"));
        }
    }

    @Test
    void callsAreTimedByWhatTheyAskForAndWhatTheyEndIn() throws Exception {
        try (var api = api(call -> {
            if (call.getRequestURI().getPath().endsWith("/busy")) {
                ScriptedApi.refuse(call, 503);
            } else {
                ScriptedApi.answer(call, 200, node("ready"));
            }
        })) {
            assertThat(api.region.node("ready")).isPresent();
            assertThatThrownBy(() -> api.region.node("busy")).isInstanceOf(KubernetesClientException.class);

            assertThat(api.timed).containsExactly("get_nodes ok", "get_nodes failed");
        }
    }

    private static StepResult look(KubernetesRegion region) throws InterruptedException {
        return ClusterFaults.answer(
                region,
                seen -> StepResult.done(seen.node("ready")
                        .map(node -> node.getMetadata().getName())
                        .orElse("nothing")));
    }

    private static void onlyTheRotatedToken(HttpExchange call) throws IOException {
        var authorization = Optional.ofNullable(call.getRequestHeaders().getFirst("Authorization"));
        if (authorization.equals(Optional.of("Bearer rotated"))) {
            ScriptedApi.answer(call, 200, node("ready"));
        } else {
            ScriptedApi.refuse(call, 401);
        }
    }

    private static String node(String name) {
        return """
                {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "%s", "uid": "1"}}""".formatted(name);
    }

    private static ScriptedApi api(ScriptedApi.Script script) throws IOException {
        return api(KubernetesRegion.LONGEST_CALL, script);
    }

    private static ScriptedApi api(Duration longestCall, ScriptedApi.Script script) throws IOException {
        return new ScriptedApi(cluster.kubeconfig(), directory.resolve("scripted.kubeconfig"), longestCall, script);
    }
}
