package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated("reads what the whole JVM has printed")
@ExtendWith(OutputCaptureExtension.class)
class ProxmoxHealthTest {
    private static final Duration OFTEN = Duration.ofMillis(10);

    @Test
    void what_was_seen_last_is_answered_and_looked_at_again_in_the_background() throws Exception {
        var answer = new AtomicReference<>(new Reply(401, "invalid token value!", ""));
        try (var server = new ScriptedProxmox(request -> Optional.ofNullable(answer.get()));
                var regions = new ProxmoxRegions(TestRegions.with("us-west-2", server.settings()))) {
            var health = new ProxmoxHealth(regions, OFTEN);
            health.start();

            await().until(() -> health.health().getStatus().equals(Status.DOWN));
            answer.set(Reply.data("{\"/\": {\"VM.Audit\": 1}}"));
            await().until(() -> String.valueOf(health.health().getDetails().get("us-west-2"))
                    .startsWith("the token lacks"));
            health.stop();

            assertThat(health.isRunning()).isFalse();
        }
    }

    @Test
    void a_server_that_hangs_keeps_nobody_waiting_who_asks_for_health(CapturedOutput output) throws Exception {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        try (var server = new ScriptedProxmox(request -> {
                    asked.countDown();
                    awaitQuietly(never);
                    return Optional.empty();
                });
                var regions = new ProxmoxRegions(TestRegions.with("us-west-2", server.settings()))) {
            var health = new ProxmoxHealth(regions, OFTEN);
            health.start();
            asked.await();

            assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(health.health().getDetails()).containsEntry("us-west-2", "not looked at yet");
            health.stop();
            never.countDown();

            assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
        }
        assertThat(output).doesNotContain("Proxmox in region us-west-2");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
