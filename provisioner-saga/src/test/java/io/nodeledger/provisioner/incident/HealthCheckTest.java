package io.nodeledger.provisioner.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.Observation.AboveThreshold;
import io.nodeledger.events.node.Observation.BelowThreshold;
import io.nodeledger.events.node.Observation.Healthy;
import io.nodeledger.events.node.Observation.Unhealthy;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.provisioner.incident.HealthCheck.News;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failed after 20 s, recovered after 30 s; CPU above 90 % for 5 minutes, below 85 % for as long. */
class HealthCheckTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final long BETWEEN_CHECKS = 50;
    private static final HealthCheckSettings HEALTH = new HealthCheckSettings(
            Duration.ofSeconds(40),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));
    private static final ThresholdSettings THRESHOLDS = new ThresholdSettings(
            new ThresholdSettings.Cpu(new BigDecimal("90"), Duration.ofMinutes(5)),
            new ThresholdSettings.Memory(new BigDecimal("90"), Duration.ofMinutes(5)),
            new ThresholdSettings.Storage(new BigDecimal("85"), Duration.ofMinutes(5)),
            new BigDecimal("5"));

    private final HealthCheck check = new HealthCheck(HEALTH, THRESHOLDS);
    private Instant now = NOON;
    private Set<String> open = Set.of();
    private Thresholds own = Thresholds.NONE;

    @Test
    void aNodeThatIsNotReadyForLongEnoughIsNews() {
        assertThat(look(true, 5)).isEmpty();
        assertThat(look(false, 5)).isEmpty();
        Instant since = now;

        assertThat(after(19, () -> look(false, 5))).isEmpty();
        assertThat(after(1, () -> look(false, 5)))
                .contains(new Unhealthy("NOT_READY", "Kubernetes calls the node not Ready.", since));
    }

    @Test
    void aKubeletThatFellSilentIsNewsAlthoughItsNodeIsStillCalledReady() {
        look(true, 41);

        assertThat(after(20, () -> look(true, 61)))
                .contains(new Unhealthy("HEARTBEAT_LOST", "The kubelet had not been heard for 61 s.", NOON));
    }

    @Test
    void aFlickerIsNoNews() {
        look(false, 5);
        after(15, () -> look(true, 5));

        assertThat(after(10, () -> look(false, 5))).isEmpty();
        assertThat(after(10, () -> look(false, 5))).isEmpty();
    }

    @Test
    void recoveryIsToldOnceItHasLasted() {
        open = Set.of("HEALTH");
        look(true, 5);

        assertThat(after(29, () -> look(true, 5))).isEmpty();
        assertThat(after(1, () -> look(true, 5))).contains(new Healthy(NOON));
    }

    @Test
    void aClusterThatIsNotHeardTellsNothingAndNoTimeCounts() {
        look(false, 5);
        after(15, () -> health(node(false, now.minusSeconds(61), now.minusSeconds(100), NOON.minusSeconds(999), 0.1)));

        assertThat(after(10, () -> look(false, 5))).isEmpty();
    }

    @Test
    void whatWasSeenBeforeTheLastOperationEndedSaysNothing() {
        health(node(false, now, now, now, 0.1));
        now = now.plusSeconds(30);

        assertThat(health(node(false, now, now, now, 0.1))).isEmpty();
    }

    @Test
    void tooMuchCpuForLongEnoughIsNewsAndSoIsClearlyLess() {
        cpu(0.951);
        assertThat(after(299, () -> cpu(0.951))).isEmpty();
        assertThat(after(1, () -> cpu(0.973)))
                .contains(new AboveThreshold(NodeResource.CPU, new BigDecimal("90"), new BigDecimal("97.3"), NOON));

        open = Set.of("CPU");
        Instant below = now;
        cpu(0.85);
        assertThat(after(200, () -> cpu(0.88)))
                .as("neither too much nor clearly less")
                .isEmpty();
        assertThat(after(200, () -> cpu(0.85))).isEmpty();
        assertThat(after(300, () -> cpu(0.2)))
                .contains(new BelowThreshold(NodeResource.CPU, new BigDecimal("20.0"), below.plusSeconds(250)));
    }

    @Test
    void whatTheNodeOrItsWorkspaceSetsCountsFromTheNextCheckOn() {
        cpu(0.70);
        own = cpuThreshold("60", 10);
        now = now.plusSeconds(5);
        Instant since = now;
        assertThat(cpu(0.70)).isEmpty();
        assertThat(after(9, () -> cpu(0.70))).isEmpty();
        assertThat(after(1, () -> cpu(0.70)))
                .contains(new AboveThreshold(NodeResource.CPU, new BigDecimal("60.0"), new BigDecimal("70.0"), since));
    }

    @Test
    void anOpenIncidentEndsUnderARaisedThresholdOnceItHasLasted() {
        own = cpuThreshold("60", 10);
        open = Set.of("CPU");
        cpu(0.70);
        assertThat(after(30, () -> cpu(0.70))).isEmpty();

        own = cpuThreshold("80", 10);
        now = now.plusSeconds(5);
        Instant since = now;
        assertThat(cpu(0.70)).isEmpty();
        assertThat(after(9, () -> cpu(0.70))).isEmpty();
        assertThat(after(1, () -> cpu(0.70)))
                .contains(new BelowThreshold(NodeResource.CPU, new BigDecimal("70.0"), since));
    }

    @Test
    void anOpenIncidentGoesOnUnderAThresholdThatIsRaisedTooLittle() {
        own = cpuThreshold("60", 10);
        open = Set.of("CPU");
        cpu(0.70);
        own = cpuThreshold("74", 10);
        cpu(0.70);

        assertThat(after(60, () -> cpu(0.70))).isEmpty();
    }

    @Test
    void aVeryLowThresholdCanBeClearedToo() {
        own = cpuThreshold("2", 0);
        open = Set.of("CPU");

        assertThat(cpu(0.015)).isEmpty();
        assertThat(cpu(0.01)).contains(new BelowThreshold(NodeResource.CPU, new BigDecimal("1.0"), now));
    }

    @Test
    void aMachineThatIsNotSampledExceedsNothing() {
        cpu(0.99);
        now = now.plusSeconds(300);

        assertThat(news(node(true, now, now, NOON.minusSeconds(999), null))).isEmpty();
    }

    private Optional<Observation.OfHealth> look(boolean ready, long silentSeconds) {
        return health(node(ready, now, now.minusSeconds(silentSeconds), NOON.minusSeconds(999), 0.1));
    }

    private Optional<Observation.OfHealth> cpu(double share) {
        return news(node(true, now, now, NOON.minusSeconds(999), share));
    }

    private Optional<Observation.OfHealth> health(Vitals node) {
        return news(node);
    }

    private Optional<Observation.OfHealth> news(Vitals node) {
        List<News> news = check.of(List.of(node), now);
        assertThat(news).hasSizeLessThan(2);
        return news.stream().map(News::observation).findFirst();
    }

    @Test
    void timeInWhichNobodyLookedDoesNotCount() {
        look(false, 5);

        now = now.plusSeconds(61);

        assertThat(look(false, 5)).isEmpty();
        assertThat(after(20, () -> look(false, 5))).isPresent();
    }

    private static Thresholds cpuThreshold(String percentage, int forSeconds) {
        return new Thresholds(new Threshold(new BigDecimal(percentage), forSeconds), null, null);
    }

    private Optional<Observation.OfHealth> after(long seconds, Supplier<Optional<Observation.OfHealth>> look) {
        long left = seconds;
        for (; left > BETWEEN_CHECKS; left -= BETWEEN_CHECKS) {
            now = now.plusSeconds(BETWEEN_CHECKS);
            var _ = look.get();
        }
        now = now.plusSeconds(left);
        return look.get();
    }

    private Vitals node(boolean ready, Instant seenAt, Instant heartbeatAt, Instant settledAt, @Nullable Double cpu) {
        return new Vitals("node-1", "ws-1", settledAt, seenAt, ready, heartbeatAt, now, cpu, 0.1, null, own, open);
    }
}
