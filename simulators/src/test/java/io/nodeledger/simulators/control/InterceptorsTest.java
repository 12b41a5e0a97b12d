package io.nodeledger.simulators.control;

import static io.nodeledger.simulators.control.ControlledRegion.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Target;
import io.nodeledger.simulators.request.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests as code in this process sees them, before and after their effect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterceptorsTest {
    private static final Interceptor DROP_BEFORE = (request, effect) -> Verdict.DROP.now();
    private static final Interceptor DROP_AFTER =
            (request, effect) -> effect.get().thenApply(_ -> Verdict.DROP);
    private ControlledRegion region;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        region = new ControlledRegion(folder);
    }

    @AfterAll
    void stop() throws Exception {
        region.close();
    }

    @Test
    void a_request_that_is_dropped_before_has_no_effect() {
        int vmId = region.clonedMachine();
        try (var _ = region.proxmox.intercept(DROP_BEFORE);
                var _ = region.kubernetes.intercept(DROP_BEFORE)) {
            assertThat(region.pve.post(vm(vmId) + "/status/start").status()).isZero();
            assertThat(region.kube.createConfigMap("before").status()).isZero();
        }

        assertThat(region.pve
                        .get("/nodes/pve1/tasks?source=all&typefilter=qmstart&vmid=" + vmId)
                        .data())
                .isEmpty();
        assertThat(region.kube.hasConfigMap("before")).isFalse();
    }

    @Test
    void a_request_that_is_dropped_after_has_its_effect() {
        int vmId = region.clonedMachine();
        try (var _ = region.proxmox.intercept(DROP_AFTER);
                var _ = region.kubernetes.intercept(DROP_AFTER)) {
            assertThat(region.pve.post(vm(vmId) + "/status/start").status()).isZero();
            assertThat(region.kube.createConfigMap("after").status()).isZero();
        }

        await().until(() -> region.running(vmId));
        assertThat(region.kube.hasConfigMap("after")).isTrue();
    }

    @Test
    void the_first_interceptor_sees_a_request_first_and_its_end_last() {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<SeenRequest> requests = new CopyOnWriteArrayList<>();
        Interceptor outer = (request, effect) -> {
            requests.add(request);
            seen.add("outer before");
            return effect.get().whenComplete((verdict, _) -> seen.add("outer after " + verdict));
        };
        Interceptor inner = (request, effect) -> {
            seen.add("inner before");
            return effect.get().whenComplete((verdict, _) -> seen.add("inner after " + verdict));
        };
        region.fault("{'target': 'proxmox', 'fault': 'lost_reply', 'times': 1}");

        try (var _ = region.proxmox.intercept(outer);
                var _ = region.proxmox.intercept(inner)) {
            assertThat(region.pve.get("/cluster/resources?type=vm").status()).isZero();
        }
        assertThat(region.pve.get("/version").status()).isEqualTo(200);

        assertThat(seen).containsExactly("outer before", "inner before", "inner after DROP", "outer after DROP");
        assertThat(requests)
                .containsExactly(new SeenRequest(Target.PROXMOX, "GET", "/cluster/resources", Map.of("type", "vm")));
    }

    @Test
    void a_request_is_held_for_as_long_as_an_interceptor_likes() throws Exception {
        int vmId = region.clonedMachine();
        var release = new CompletableFuture<Void>();
        var arrived = new CountDownLatch(2);
        Interceptor hold = (request, effect) -> {
            if (request.method().equals("GET")) {
                return effect.get();
            }
            arrived.countDown();
            return release.thenCompose(_ -> effect.get());
        };
        try (var _ = region.kubernetes.intercept(hold);
                var _ = region.proxmox.intercept(hold)) {
            var made = ControlledRegion.meanwhile(() -> region.kube.createConfigMap("held"));
            var changed = ControlledRegion.meanwhile(() -> region.pve.put(vm(vmId) + "/config", "cores", "7"));
            arrived.await();
            assertThat(region.kube.hasConfigMap("held")).isFalse();
            assertThat(region.pve.get(vm(vmId) + "/config").data().path("cores").asInt())
                    .isNotEqualTo(7);

            release.complete(null);

            assertThat(made.get().status()).isEqualTo(201);
            assertThat(changed.get().status()).isEqualTo(200);
            assertThat(region.pve.get(vm(vmId) + "/config").data().path("cores").asInt())
                    .isEqualTo(7);
        }
    }
}
