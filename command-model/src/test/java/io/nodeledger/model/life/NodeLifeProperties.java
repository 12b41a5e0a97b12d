package io.nodeledger.model.life;

import io.nodeledger.events.node.Taint;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.model.life.Act.Belief;
import io.nodeledger.model.life.Act.Luck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Whatever people, providers, observers and crashes do in whatever order: only legal states, one operation at a time,
 * each with an end, a settled node that is what its machine was last seen to be, a version that rises with what is
 * shown, and credits that are neither lost nor spent twice (source: reliability, I1, I4, I8, I9, I11).
 */
class NodeLifeProperties {
    private static final List<String> REACHED = List.of(
            "cancelled PROVISION",
            "cancelled START",
            "cancelled STOP",
            "cancelled REBOOT",
            "cancelled DELETE",
            "not cancelled DELETE",
            "NodeDeletionForced",
            "OperationCancelled",
            "NodeUpdated",
            "NodeUpdateFailed",
            "Start WorkspaceSuspended",
            "Retry InsufficientCredits",
            "Stop OperationInProgress",
            "Stop PreconditionFailed",
            "Reboot InvalidState");

    /** The same lives in each run: what must be reached is reached then, and a failure is not another test's luck. */
    @Property(tries = 1_000, seed = "2026")
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everyLifeIsLegal(@ForAll("lives") List<Act> acts) {
        try (var life = new NodeLife()) {
            acts.forEach(life::play);
            life.end();

            life.facts().forEach(fact -> Statistics.label("facts").collect(fact));
        }
        Statistics.label("facts").coverage(coverage -> {
            StateTable.facts().forEach(fact -> coverage.check(fact).count(many -> many > 0));
            REACHED.forEach(fact -> coverage.check(fact).count(many -> many > 0));
        });
    }

    @Provide
    Arbitrary<List<Act>> lives() {
        return Combinators.combine(beginnings(), courses())
                .as((beginning, course) ->
                        Stream.concat(beginning.stream(), course.stream()).toList());
    }

    /** What is told of nodes that run, or are stopped, should not hang on the luck of their beginning. */
    private static Arbitrary<List<Act>> beginnings() {
        var provisioned = Collections.nCopies(OperationType.PROVISION.steps().size(), (Act) new Act.Work(Luck.GOOD));
        var stopped = new ArrayList<>(provisioned);
        stopped.add(new Act.Stop(true, false, Belief.NONE));
        stopped.addAll(provisioned.subList(0, OperationType.STOP.steps().size()));
        return Arbitraries.of(List.<Act>of(), provisioned, stopped);
    }

    private static Arbitrary<List<Act>> courses() {
        return Arbitraries.frequencyOf(
                        Tuple.of(60, work()),
                        Tuple.of(14, wishes()),
                        Tuple.of(6, Arbitraries.of(true, false, false, false).map(Act.Cancel::new)),
                        Tuple.of(4, incidents()),
                        Tuple.of(4, surroundings()))
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }

    private static Arbitrary<Act> work() {
        return Arbitraries.frequency(
                        Tuple.of(60, Luck.GOOD),
                        Tuple.of(3, Luck.FAILED),
                        Tuple.of(2, Luck.FAILED_LATE),
                        Tuple.of(1, Luck.STUCK),
                        Tuple.of(2, Luck.DELAYED),
                        Tuple.of(2, Luck.TAKEN),
                        Tuple.of(3, Luck.REPEATED))
                .map(Act.Work::new);
    }

    private static Arbitrary<Act> wishes() {
        var belief =
                Arbitraries.frequency(Tuple.of(4, Belief.NONE), Tuple.of(2, Belief.CURRENT), Tuple.of(1, Belief.STALE));
        var yesOrNo = Arbitraries.of(true, false);
        var labels = Arbitraries.of(
                Map.of("team", Optional.of("payments")),
                Map.of("team", Optional.<String>empty(), "tier", Optional.of("gold")),
                Map.<String, Optional<String>>of());
        var taints = Arbitraries.of(List.of(new Taint("dedicated", "a", "NoSchedule")), List.<Taint>of())
                .injectNull(0.5);
        return Arbitraries.frequencyOf(
                Tuple.of(4, belief.map(Act.Start::new)),
                Tuple.of(4, Combinators.combine(yesOrNo, yesOrNo, belief).as(Act.Stop::new)),
                Tuple.of(3, Combinators.combine(yesOrNo, yesOrNo, belief).as(Act.Reboot::new)),
                Tuple.of(2, Combinators.combine(yesOrNo, belief).as(Act.Delete::new)),
                Tuple.of(3, belief.map(Act.Retry::new)),
                Tuple.of(3, Combinators.combine(labels, taints, belief).as(Act.Relabel::new)));
    }

    private static Arbitrary<Act> incidents() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(new Act.Look())),
                Tuple.of(2, Arbitraries.integers().between(0, 3).map(Act.LookAtKubernetes::new)),
                Tuple.of(3, Arbitraries.just(new Act.PressButton())),
                Tuple.of(1, Arbitraries.just(new Act.Vanish())));
    }

    private static Arbitrary<Act> surroundings() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(true, false, false).map(Act.Suspend::new)),
                Tuple.of(1, Arbitraries.just(new Act.Rival())),
                Tuple.of(3, Arbitraries.of(true, false).map(Act.Restart::new)));
    }
}
