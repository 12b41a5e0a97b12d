package io.nodeledger.command.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.web.RefusalErrors;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.workspace.Workspace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** What a 402 names, against what the model admits. */
class TopUpProperties {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    @Property(tries = 300)
    void adding_what_a_402_says_is_missing_is_enough_and_a_cent_less_is_not(
            @ForAll("rates") BigDecimal hourlyRate,
            @ForAll("granted") BigDecimal granted,
            @ForAll("charged") BigDecimal charged) {
        try (var asked = new Credits(granted, charged)) {
            if (!(asked.provision(hourlyRate) instanceof ProvisionAnswer.Refused no)) {
                return;
            }
            var details = RefusalErrors.of(no.refusal()).details();
            BigDecimal missing = usd(details, "missing_credits");

            assertThat(usd(details, "required_credits")
                            .add(usd(details, "owed_credits"))
                            .subtract(usd(details, "available_credits")))
                    .isEqualTo(missing);
            assertThat(usd(details, "required_credits"))
                    .isBetween(
                            month(hourlyRate).subtract(CENT), month(hourlyRate).add(CENT));
            assertThat(missing).isPositive();
            assertThat(asked.admits(hourlyRate, missing)).isTrue();
            try (var again = new Credits(granted, charged)) {
                assertThat(again.admits(hourlyRate, missing.subtract(CENT))).isFalse();
            }
        }
    }

    private static BigDecimal month(BigDecimal hourlyRate) {
        return hourlyRate.multiply(BigDecimal.valueOf(720));
    }

    private static BigDecimal usd(Map<String, Object> details, String name) {
        return (BigDecimal) details.getOrDefault(name, BigDecimal.ZERO);
    }

    @Provide
    Arbitrary<BigDecimal> rates() {
        var whole = Arbitraries.integers().between(1, 50).map(cents -> BigDecimal.valueOf(cents, 2));
        var fine = Arbitraries.integers().between(1, 3_000_000).map(parts -> BigDecimal.valueOf(parts, 7));
        return Arbitraries.oneOf(whole, fine);
    }

    @Provide
    Arbitrary<BigDecimal> granted() {
        return Arbitraries.integers().between(1, 20_000).map(cents -> BigDecimal.valueOf(cents, 2));
    }

    /** What was charged has twelve digits. */
    @Provide
    Arbitrary<BigDecimal> charged() {
        var fine = Arbitraries.longs().between(1, 200_000_000_000_000L).map(parts -> BigDecimal.valueOf(parts, 12));
        var halves = Arbitraries.integers().between(1, 40_000).map(halfCents -> BigDecimal.valueOf(halfCents * 5L, 3));
        return Arbitraries.oneOf(fine, halves);
    }

    /** A workspace that was granted and charged so much. */
    private static final class Credits implements AutoCloseable {
        private final Configuration axon = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
                .configureAggregate(Workspace.class)
                .configureAggregate(Node.class)
                .start();

        Credits(BigDecimal granted, BigDecimal charged) {
            send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, null, false, NOW));
            send(new GrantCredits("ws-1", granted, null, NOW));
            send(new ChargeWorkspace(
                    "ws-1",
                    LocalDate.parse("2025-12-31"),
                    charged,
                    Map.of("node-gone", charged),
                    Duration.ofDays(3),
                    AfterGrace.KEEP,
                    NOW));
        }

        boolean admits(BigDecimal hourlyRate, BigDecimal added) {
            if (added.signum() > 0) {
                send(new GrantCredits("ws-1", added, null, NOW));
            }
            return provision(hourlyRate) instanceof ProvisionAnswer.Admitted;
        }

        ProvisionAnswer provision(BigDecimal hourlyRate) {
            return (ProvisionAnswer) send(new ProvisionNode(
                    "ws-1",
                    "node-1",
                    "task-1",
                    "prod-1",
                    null,
                    new PlanTerms("plan-a", hourlyRate, BigDecimal.ZERO, new NodeSpecs(4, 8, 100, "1Gbps", "x86_64")),
                    List.of("us-west-2"),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    600,
                    NOW));
        }

        private Object send(Object command) {
            return axon.commandGateway().sendAndWait(command);
        }

        @Override
        public void close() {
            axon.shutdown();
        }
    }
}
