package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.provisioner.reconciliation.Breaker.Plan;
import io.nodeledger.provisioner.reconciliation.RegionStates.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final ReconcilerSettings SETTINGS =
            new ReconcilerSettings(Duration.ofSeconds(30), 2, 3, 0.05, Duration.ofMinutes(15));
    private final Breaker breaker = new Breaker(SETTINGS);

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "3, 1, true",
        "4, 10, false",
        "4, 60, false",
        "4, 80, true",
        "500, 10000, true",
        "501, 10000, false"
    })
    void as_many_as_always_or_a_share_of_the_live_nodes_are_allowed(int changes, int live, boolean allowed) {
        assertThat(breaker.objection(new Plan(changes, Set.of()), live, null, NOW)
                        .isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void a_missing_machine_on_a_dead_host_stops_everything() {
        assertThat(breaker.objection(new Plan(1, Set.of("pve2")), 1000, null, NOW))
                .hasValueSatisfying(reason -> assertThat(reason).contains("pve2"));
    }

    @Test
    void what_an_operator_accepted_is_done_as_long_as_it_is_that_and_not_much_more() {
        assertThat(objection(50, accepted(50, NOW))).isTrue();
        assertThat(objection(53, accepted(50, NOW))).isTrue();
        assertThat(objection(54, accepted(50, NOW))).isFalse();
        assertThat(objection(50, accepted(50, NOW.minus(Duration.ofMinutes(16)))))
                .isFalse();
    }

    @Test
    void a_migration_counts_as_no_change_and_a_known_loss_neither() {
        var host = Suspicion.ofMachine(Compared.running(1), DriftKind.MACHINE_MIGRATED, 100, "pve1", "moved");
        var lost = Suspicion.ofKubernetes(Compared.running(2), DriftKind.KUBERNETES_NODE_LOST, "n", "lost", true);
        var off = Suspicion.ofMachine(Compared.running(3), DriftKind.POWERED_OFF, 101, "pve1", "off");
        var findings = List.of(finding(host, host.kind()), finding(lost, lost.kind()), finding(off, off.kind()));

        assertThat(Plan.of(findings, _ -> true).changes()).isEqualTo(1);
    }

    @Test
    void a_stray_counts_once_it_is_known_to_be_an_orphan() {
        var stray = Suspicion.ofStrayMachine(100, "pve1", null);

        assertThat(Plan.of(List.of(finding(stray, stray.kind())), _ -> true).changes())
                .isZero();
        assertThat(Plan.of(List.of(finding(stray, DriftKind.ORPHAN_MACHINE)), _ -> true)
                        .changes())
                .isEqualTo(1);
        assertThat(Plan.of(List.of(finding(stray, DriftKind.UNKNOWN_MACHINE)), _ -> true)
                        .changes())
                .isZero();
    }

    @Test
    void senseless_settings_are_refused_with_what_to_write_instead() {
        assertRefused(() -> new ReconcilerSettings(Duration.ofMillis(1), 2, 3, 0.05, Duration.ofMinutes(1)), "every");
        assertRefused(
                () -> new ReconcilerSettings(Duration.ofSeconds(1), 0, 3, 0.05, Duration.ofMinutes(1)),
                "confirmations");
        assertRefused(
                () -> new ReconcilerSettings(Duration.ofSeconds(1), 1, -1, 0.05, Duration.ofMinutes(1)),
                "always-allowed");
        assertRefused(() -> new ReconcilerSettings(Duration.ofSeconds(1), 1, 0, 5, Duration.ofMinutes(1)), "share");
        assertRefused(
                () -> new ReconcilerSettings(Duration.ofSeconds(1), 1, 0, Double.NaN, Duration.ofMinutes(1)), "share");
        assertRefused(() -> new ReconcilerSettings(Duration.ofSeconds(1), 1, 0, 1, Duration.ZERO), "accepted-for");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable made, String key) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nodeledger.reconciler." + key);
    }

    private boolean objection(int changes, @Nullable Acceptance accepted) {
        return breaker.objection(new Plan(changes, Set.of("pve2")), 10, accepted, NOW)
                .isEmpty();
    }

    private static Acceptance accepted(int changes, Instant at) {
        return new Acceptance(changes, at, "operator", "req-1");
    }

    private static Finding finding(Suspicion suspicion, DriftKind kind) {
        return new Finding(1, suspicion, kind, 2, null, null);
    }
}
