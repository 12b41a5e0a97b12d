package io.nodeledger.provisioner.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@Isolated("reads what the whole JVM has printed")
@ExtendWith(OutputCaptureExtension.class)
class RegionDutyTest {
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration TURN = Duration.ofMinutes(1);
    private static final String REGION = "us-west-2";
    private static final JdbcClient JDBC =
            JdbcClient.create(ProvisionerSchema.newDatabase().keptConnections());

    private final ScriptedProxmox server = new ScriptedProxmox(_ -> Optional.empty());
    private final ProxmoxRegions regions = new ProxmoxRegions(TestRegions.with(REGION, server.settings()));
    private final OutageLog outages = new OutageLog(LoggerFactory.getLogger(RegionDutyTest.class));
    private final RegionTurns turns = new RegionTurns(JDBC, "duty", "one");
    private final RegionTurns others = new RegionTurns(JDBC, "duty", "other");

    @AfterEach
    void close() throws Exception {
        turns.releaseAll();
        regions.close();
        server.close();
    }

    @Test
    void an_outage_is_told_once_and_so_is_its_end(CapturedOutput output) {
        var down = new AtomicBoolean(true);
        var looks = new AtomicInteger();
        var duty = RegionDuty.alongside(regions, outages);
        duty.begin();
        duty.every("test", OFTEN, "The weather", _ -> {
            looks.incrementAndGet();
            if (down.get()) {
                throw new IllegalStateException("fog");
            }
        });

        await().until(() -> looks.get() > 3);
        down.set(false);
        int before = looks.get();
        await().until(() -> looks.get() > before + 3);
        duty.end();

        assertThat(output.toString().split("The weather in region us-west-2 can't be observed: fog", -1))
                .hasSize(2);
        assertThat(output.toString().split("The weather in region us-west-2 can be observed again", -1))
                .hasSize(2);
    }

    @Test
    void what_is_cut_off_by_the_end_is_no_outage(CapturedOutput output) throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var duty = RegionDuty.alongside(regions, outages);
        duty.begin();
        duty.every("test", OFTEN, "The weather", _ -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
        });
        begun.await();

        duty.end();

        ended.await();
        assertThat(duty.isRunning()).isFalse();
        duty.attempt("The weather", () -> {
            throw new IllegalStateException("the pool is closed");
        });
        assertThat(output).doesNotContain("can't be observed");
    }

    @Test
    void turns_are_given_back_at_the_end() {
        var duty = RegionDuty.inTurns(regions, outages, turns, false);
        others.claim(REGION, TURN);
        duty.begin();
        assertThat(turns.claim(REGION, TURN))
                .as("another instance may be alive")
                .isFalse();
        others.release();
        assertThat(turns.claim(REGION, TURN)).isTrue();

        duty.end();

        assertThat(others.claim(REGION, TURN)).isTrue();
    }

    @Test
    void the_only_instance_takes_over_at_once_from_the_one_that_died() {
        others.claim(REGION, TURN);

        RegionDuty.inTurns(regions, outages, turns, true).begin();

        assertThat(turns.claim(REGION, TURN)).isTrue();
    }
}
