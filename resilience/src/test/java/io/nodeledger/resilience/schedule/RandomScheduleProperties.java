package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.schedule.SharedHarnesses.WORLDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Random schedules, shrunk when one fails; {@code ./nodeledger bench crash} runs thousands of them by their seeds. */
class RandomScheduleProperties {
    private static final int CALLS = 13;

    @Property(tries = 4, shrinking = ShrinkingMode.BOUNDED)
    void whateverHappensNothingIsLeft(@ForAll("schedules") List<Act> acts) throws InterruptedException {
        List<Call> calls = Call.of(SharedHarnesses.points());
        assertThat(calls).hasSizeGreaterThanOrEqualTo(CALLS);
        assertThat(WORLDS.violations(harness -> new RandomRuns(harness, calls).run(acts)))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Act>> schedules() {
        return act().list().ofMinSize(2).ofMaxSize(12).map(acts -> {
            var whole = new ArrayList<Act>(List.of(new Act.Provision(0)));
            whole.addAll(acts);
            return whole;
        });
    }

    private static Arbitrary<Act> act() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, RandomActs.NODES - 1);
        Arbitrary<Boolean> choice = Arbitraries.of(true, false);
        return Arbitraries.<Act>frequencyOf(
                Tuple.of(3, node.map(Act.Provision::new)),
                Tuple.of(2, Combinators.combine(node, choice).as(Act.Delete::new)),
                Tuple.of(4, Arbitraries.integers().between(1, 600).map(Act.Pause::new)),
                Tuple.of(2, Arbitraries.create(Act.Crash::new)),
                Tuple.of(
                        3,
                        Combinators.combine(Arbitraries.integers().between(0, CALLS - 1), Arbitraries.of(Trouble.class))
                                .as(Act.Break::new)),
                Tuple.of(1, choice.map(Act.Outage::new)),
                Tuple.of(1, Arbitraries.create(Act.Heal::new)),
                Tuple.of(1, node.map(Act.Vanish::new)),
                Tuple.of(1, node.map(Act.Migrate::new)),
                Tuple.of(1, Combinators.combine(node, choice).as(Act.Power::new)),
                Tuple.of(1, node.map(Act.Silence::new)),
                Tuple.of(
                        5,
                        Combinators.combine(
                                        node,
                                        Arbitraries.of(OperationType.STOP, OperationType.START, OperationType.REBOOT))
                                .as(Act.Switch::new)),
                Tuple.of(1, node.map(one -> new Act.Relabel(one, "v" + one))),
                Tuple.of(1, node.map(Act.Retry::new)),
                Tuple.of(1, node.map(Act.Cancel::new)));
    }
}
