package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Credits are conserved and never negative, whatever happens in whichever order (I11). */
class CreditProperties {
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-01-05");

    /** What happens to a workspace next. */
    sealed interface Move {
        record Grant(int cents) implements Move {}

        record Admit(String node) implements Move {}

        record Retry(String node) implements Move {}

        record LoseHold(String node) implements Move {}

        record Release(String node) implements Move {}

        /** {@code days} from the last one charged, which may be before it; {@code correction} is of earlier days. */
        record Charge(int days, Map<String, Integer> costs, int correction) implements Move {}
    }

    private long day;
    private long accrued;

    @Property(tries = 300)
    void creditsAreConservedAndNeverNegative(@ForAll("moves") List<Move> moves) {
        var coins = new CoinLedger();
        day = 0;
        accrued = 0;
        try (var world = new CreditWorld()) {
            world.send(new PutWorkspace("ws-1", WorkspacePlan.TEAM, "us-west-2", null, null, false, NOW));
            for (Move move : moves) {
                play(move, world, coins);
                assertSame(world.credits(), coins);
            }
        }
    }

    private void play(Move move, CreditWorld world, CoinLedger coins) {
        switch (move) {
            case Move.Grant grant -> {
                world.send(new GrantCredits("ws-1", usd(grant.cents()), null, NOW));
                coins.grant(grant.cents());
            }
            case Move.Admit admit -> admit(admit.node(), world, coins);
            case Move.Retry retry -> {
                if (coins.holds.containsKey(retry.node())) {
                    boolean held = world.send(new CreditWorld.Retry(retry.node()));
                    assertThat(held).isEqualTo(coins.holdAgain(retry.node()));
                }
            }
            case Move.LoseHold lost -> {
                world.send(new CreditWorld.LoseHold(lost.node()));
                coins.releaseHold(lost.node());
            }
            case Move.Release release -> {
                world.send(new CreditWorld.Release(release.node()));
                coins.release(release.node());
            }
            case Move.Charge charge -> charge(charge, world, coins);
        }
    }

    private static void admit(String node, CreditWorld world, CoinLedger coins) {
        if (world.wasAdmitted(node)) {
            return;
        }
        long missing = CoinLedger.HOLD + coins.owed - coins.available;
        ProvisionAnswer answer = world.send(provision("ws-1", node, "name-of-" + node));
        if (coins.admit(node)) {
            assertThat(answer).isInstanceOf(ProvisionAnswer.Admitted.class);
        } else {
            var refusal = (Refusal.InsufficientCredits) ((ProvisionAnswer.Refused) answer).refusal();
            assertThat(refusal.required()).isEqualByComparingTo(usd(CoinLedger.HOLD));
            assertThat(refusal.available()).isEqualByComparingTo(usd(coins.available));
            assertThat(refusal.missing()).isEqualByComparingTo(usd(missing)).isPositive();
        }
    }

    private void charge(Move.Charge charge, CreditWorld world, CoinLedger coins) {
        LocalDate wished = FIRST_DAY.plusDays(day + charge.days());
        long cost =
                charge.costs().values().stream().mapToLong(Integer::longValue).sum();
        long until = Math.max(0, accrued + cost + charge.correction());
        var usd = new TreeMap<String, BigDecimal>();
        var cents = new TreeMap<String, Long>();
        charge.costs().forEach((node, each) -> {
            usd.put(node, usd(each));
            cents.put(node, (long) each);
        });
        var command = new ChargeWorkspace("ws-1", wished, usd(until), usd, Duration.ofDays(3), AfterGrace.KEEP, NOW);
        world.send(command);
        world.send(command);
        coins.charge(wished, until, cents);
        if (charge.days() > 0) {
            day += charge.days();
            accrued = until;
        }
    }

    private static void assertSame(CreditWorld.Credits told, CoinLedger coins) {
        assertThat(told.balance()).isEqualByComparingTo(usd(coins.available + coins.held()));
        assertThat(told.held()).isEqualByComparingTo(usd(coins.held()));
        assertThat(told.owed()).isEqualByComparingTo(usd(coins.owed));
        assertThat(told.charged()).isEqualByComparingTo(usd(coins.charged));
        assertThat(told.granted())
                .isEqualByComparingTo(told.balance().add(told.charged()).subtract(told.owed()));
        assertThat(told.available()).isNotNegative();
        assertThat(told.owed()).isNotNegative();
        assertThat(told.owed().signum() > 0 && told.available().signum() > 0).isFalse();
        assertThat(told.exhausted()).isEqualTo(coins.owed > 0);
    }

    private static BigDecimal usd(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<String> nodes = Arbitraries.of("node-1", "node-2", "node-3");
        Arbitrary<Integer> days =
                Arbitraries.frequency(Tuple.of(1, -1), Tuple.of(1, 0), Tuple.of(6, 1), Tuple.of(1, 4));
        Arbitrary<Map<String, Integer>> costs =
                Arbitraries.maps(nodes, Arbitraries.integers().between(0, 9000)).ofMaxSize(3);
        Arbitrary<Integer> corrections = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(-9000, 500)));
        return Arbitraries.<Move>frequencyOf(
                        Tuple.of(3, Arbitraries.integers().between(1, 20_000).map(Move.Grant::new)),
                        Tuple.of(3, nodes.map(Move.Admit::new)),
                        Tuple.of(1, nodes.map(Move.Retry::new)),
                        Tuple.of(1, nodes.map(Move.LoseHold::new)),
                        Tuple.of(1, nodes.map(Move.Release::new)),
                        Tuple.of(
                                6, Combinators.combine(days, costs, corrections).as(Move.Charge::new)))
                .list()
                .ofMaxSize(60);
    }
}
