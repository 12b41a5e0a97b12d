package io.nodeledger.provisioner.proxmox.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

@Isolated("reads what the whole JVM has printed")
@ExtendWith(OutputCaptureExtension.class)
class CapacitySamplerTest {
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final ProvisionerDatabase database = new ProvisionerDatabase();

    @Test
    void anOutageIsToldOnceAndNotAtEveryLook(CapturedOutput output) throws Exception {
        try (var server = new ScriptedProxmox(request -> Optional.empty());
                var regions = new ProxmoxRegions(TestRegions.with("us-west-2", server.settings()))) {
            var sampler = sampler(regions);
            sampler.start();
            await().until(() -> server.requests.size() > 3);
            sampler.stop();
        }

        assertThat(output.toString().split("can't be measured", -1)).hasSize(2);
    }

    @Test
    void stoppingInTheMiddleOfALookIsNoOutage(CapturedOutput output) throws Exception {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        try (var server = new ScriptedProxmox(request -> {
                    asked.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Optional.empty();
                });
                var regions = new ProxmoxRegions(TestRegions.with("us-west-2", server.settings()))) {
            var sampler = sampler(regions);
            sampler.start();
            asked.await();
            sampler.stop();
            never.countDown();

            assertThat(sampler.isRunning()).isFalse();
        }

        assertThat(output).doesNotContain("can't be measured");
    }

    private CapacitySampler sampler(ProxmoxRegions regions) {
        var room = new RegionRoom(new PlacementSettings(4, 1, OFTEN.multipliedBy(10)));
        var capacity = new RegionCapacity(
                database.jdbc, new TransactionTemplate(database.transactions), database.machineIds(), room);
        return new CapacitySampler(regions, capacity, OFTEN);
    }
}
