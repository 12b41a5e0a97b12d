package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.request.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moves that budgets, faults and crashes disturb. */
class MoveTroublesTest {
    @TempDir
    private Path folder;

    private MovedWorld world;

    @BeforeEach
    void start() {
        world = new MovedWorld(folder, 3, 2);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void everyLostReplyIsMadeUpFor(Pace pace) throws Exception {
        world.add(AWorkload.deployment("web", 4).letting(2), AWorkload.statefulSet("db", 3));
        world.directed(MovedWorld.DEDICATED);

        try (var _ = world.simulator.intercept(
                        (request, effect) -> request.path().endsWith("/eviction")
                                ? effect.get().thenApply(_ -> Verdict.DROP)
                                : effect.get());
                var witness = Witness.of(world, pace)) {
            world.move(world.toDedicated(pace));
            witness.assertNothingWrong();
        }

        assertThat(world.nodesOf("web")).isSubsetOf(world.dedicatedNodes());
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void aStormOfTooManyRequestsIsSatOut(Pace pace) throws Exception {
        world.add(AWorkload.deployment("web", 4), AWorkload.deployment("api", 2));
        world.directed(MovedWorld.DEDICATED);
        world.simulator
                .faults()
                .add(Fault.always(FaultKind.STATUS, "/eviction$")
                        .withStatus(429)
                        .withTimes(20));

        var first = world.moves().round(world.toDedicated(pace), () -> {});
        assertThat(first)
                .isInstanceOfSatisfying(
                        MoveRound.Moving.class,
                        moving -> assertThat(moving.reason()).contains("Held back: shop/"));

        try (var witness = Witness.of(world, pace)) {
            world.move(world.toDedicated(pace));
            witness.assertNothingWrong();
        }
    }

    /** Each of these movers makes one call and dies. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void aCrashAfterEveryCallIsHarmless(Pace pace) throws Exception {
        world.add(
                AWorkload.deployment("web", 4).letting(2), AWorkload.statefulSet("db", 2), AWorkload.daemonSet("logs"));
        int lives = dyingUntilDirected(MovedWorld.DEDICATED);
        assertThat(lives).isGreaterThan(1);

        try (var witness = Witness.of(world, pace)) {
            MoveRound last = null;
            while (!(last instanceof MoveRound.Moved)) {
                last = roundOfAShortLife(world.toDedicated(pace));
            }
            witness.assertNothingWrong();
        }

        assertThat(dyingUntilDirected(MovedWorld.SHARED)).isGreaterThan(1);
        assertThat(world.client()
                        .namespaces()
                        .withName(MovedWorld.NAMESPACE)
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .doesNotContainKeys(NamespaceDirection.SELECTOR, NamespaceDirection.DEFAULTS);
    }

    private int dyingUntilDirected(Target target) throws InterruptedException {
        for (int lives = 1; ; lives++) {
            try {
                var calls = new AtomicInteger();
                assertThat(world.directing(target, () -> dieAfterOne(calls)).direct(MovedWorld.NAMESPACES))
                        .isEmpty();
                return lives;
            } catch (Died _) {
                // the next one goes on
            }
        }
    }

    private MoveRound roundOfAShortLife(MoveRequest request) throws InterruptedException {
        var calls = new AtomicInteger();
        try {
            return world.moves(1).round(request, () -> dieAfterOne(calls));
        } catch (Died died) {
            return new MoveRound.Moving(null, String.valueOf(died.getMessage()), Duration.ZERO);
        }
    }

    private static void dieAfterOne(AtomicInteger calls) {
        if (calls.incrementAndGet() > 1) {
            throw new Died();
        }
    }

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void aMoveIsUndoneHalfWay(Pace pace) throws Exception {
        world.add(
                AWorkload.deployment("web", 6).letting(1), AWorkload.statefulSet("db", 2), AWorkload.daemonSet("logs"));
        world.directed(MovedWorld.DEDICATED);
        try (var witness = Witness.of(world, pace)) {
            for (int round = 0; round < 4; round++) {
                assertThat(world.moves().round(world.toDedicated(pace), () -> {}))
                        .isNotInstanceOf(MoveRound.Impossible.class);
            }

            world.directed(MovedWorld.SHARED);
            world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
            world.move(world.toShared(pace));

            witness.assertNothingWrong();
        }
        assertThat(world.nodesOf("web")).doesNotContainAnyElementsOf(world.dedicatedNodes());
        assertThat(world.pods("web")).hasSize(6);
    }

    @Test
    void aBudgetThatLetsNoneGoHoldsTheMoveBack() throws Exception {
        world.add(AWorkload.deployment("web", 2).letting(0), AWorkload.deployment("api", 2));
        world.directed(MovedWorld.DEDICATED);

        String reason = "";
        while (!world.dedicatedNodes().containsAll(world.nodesOf("api"))) {
            var round = (MoveRound.Moving) world.moves().round(world.toDedicated(Pace.ONE_BY_ONE), () -> {});
            reason = round.reason() == null ? reason : round.reason();
        }

        var last = (MoveRound.Moving) world.moves().round(world.toDedicated(Pace.ALL), () -> {});
        assertThat(last.reason()).contains("Held back: shop/web-", "(budget web)");
        assertThat(world.nodesOf("web")).doesNotContainAnyElementsOf(world.dedicatedNodes());
        assertThat(world.moves().obstacles(world.toDedicated(Pace.ALL)))
                .containsExactly("The disruption budget shop/web never lets a pod go");
    }

    @Test
    void twoBudgetsOnOnePodMakeTheMoveImpossible() throws Exception {
        world.add(AWorkload.deployment("web", 2).letting(1));
        world.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(MovedWorld.NAMESPACE)
                .list()
                .getItems()
                .forEach(budget -> world.client()
                        .resource(budget.edit()
                                .editMetadata()
                                .withName("another")
                                .withResourceVersion(null)
                                .endMetadata()
                                .build())
                        .create());
        world.directed(MovedWorld.DEDICATED);

        assertThat(world.moves().obstacles(world.toDedicated(Pace.ALL)))
                .singleElement()
                .asString()
                .contains("More than one disruption budget", "shop/web-");
        assertThat(world.moves().round(world.toDedicated(Pace.ALL), () -> {}))
                .isInstanceOfSatisfying(MoveRound.Impossible.class, impossible -> {
                    assertThat(impossible.code()).isEqualTo(MoveRound.BLOCKED);
                    assertThat(impossible.reason()).contains("budgets another and web");
                });
    }

    @Test
    void brokenWorkloadsNeedNotBecomeBetter() throws Exception {
        world.add(AWorkload.deployment("broken", 3).broken(), AWorkload.deployment("web", 2));
        var survey = world.moves().survey(MovedWorld.NAMESPACES);
        assertThat(survey.unwell())
                .isEqualTo(Map.of(new WorkloadName(MovedWorld.NAMESPACE, "Deployment", "broken"), 0));
        world.directed(MovedWorld.DEDICATED);

        for (var pace : Pace.values()) {
            world.move(MoveRequest.toDedicated(MovedWorld.NAMESPACES, MovedWorld.DEDICATED, pace, survey.unwell()));
            await().until(() -> world.dedicatedNodes().containsAll(world.nodesOf("broken")));
            world.directed(MovedWorld.SHARED);
            world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
            world.move(MoveRequest.toShared(MovedWorld.NAMESPACES, world.dedicatedNodes(), pace, survey.unwell()));
            await().until(() -> world.pods("broken").stream()
                    .noneMatch(pod -> KeptPods.node(pod).isEmpty()));
            assertThat(world.nodesOf("broken")).doesNotContainAnyElementsOf(world.dedicatedNodes());
            world.moves().uncordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
            world.directed(MovedWorld.DEDICATED);
        }
    }

    /** Nobody there tells that its pods have ended; the StatefulSet makes no other one before. */
    @Test
    void aDeadMachineStopsNoMoveInEitherDirection() throws Exception {
        world.add(AWorkload.deployment("web", 4), AWorkload.statefulSet("db", 2), AWorkload.daemonSet("logs"));
        world.dies(KeptPods.node(world.pods("db").getFirst()));
        world.directed(MovedWorld.DEDICATED);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> reason(world.toDedicated(Pace.EACH_WORKLOAD)).contains("shop/db-0 ends on node"));
        assertThat(world.pods("db")).hasSize(2).anyMatch(KeptPods::isEnding);

        world.minutesLater = 10;
        world.move(world.toDedicated(Pace.EACH_WORKLOAD));

        assertThat(world.pods("db")).hasSize(2).allMatch(KeptPods::isReady);
        assertThat(world.nodesOf("db")).isSubsetOf(world.dedicatedNodes());

        world.minutesLater = 0;
        world.dies(KeptPods.node(world.pods("db").getLast()));
        world.directed(MovedWorld.SHARED);
        world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
        await().atMost(Duration.ofMinutes(1))
                .until(() -> reason(world.toShared(Pace.EACH_WORKLOAD)).contains("which does not answer"));
        world.minutesLater = 10;
        world.move(world.toShared(Pace.EACH_WORKLOAD));

        assertThat(world.pods("db")).hasSize(2).allMatch(KeptPods::isReady);
        assertThat(world.nodesOf("db")).doesNotContainAnyElementsOf(world.dedicatedNodes());
    }

    private String reason(MoveRequest request) throws InterruptedException {
        var round = (MoveRound.Moving) world.moves().round(request, () -> {});
        return String.valueOf(round.reason());
    }

    /** They were being rolled out when the move was prepared. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void workloadsThatBecomeWellAreMovedLikeAllOthers(Pace pace) throws Exception {
        world.add(AWorkload.deployment("web", 3).broken(), AWorkload.deployment("api", 2));
        var unwell = world.moves().survey(MovedWorld.NAMESPACES).unwell();
        assertThat(unwell).hasSize(1).containsValue(0);
        world.mend("web");
        world.minutesLater = 1;
        world.directed(MovedWorld.DEDICATED);

        try (var witness = Witness.of(world, pace)) {
            var progress =
                    world.move(MoveRequest.toDedicated(MovedWorld.NAMESPACES, MovedWorld.DEDICATED, pace, unwell));

            witness.assertNothingWrong();
            assertThat(progress.workloads())
                    .contains(new MoveProgress.Moved(
                            new WorkloadName(MovedWorld.NAMESPACE, "Deployment", "web"), 3, 3, 3));
        }
    }

    /** What was broken recovers where it is; its replacements are as broken as it was at first. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void whatIsWonMeanwhileIsNotLostByTheMove(Pace pace) throws Exception {
        world.add(AWorkload.deployment("web", 3).broken());
        var request = MoveRequest.toDedicated(
                MovedWorld.NAMESPACES,
                MovedWorld.DEDICATED,
                pace,
                world.moves().survey(MovedWorld.NAMESPACES).unwell());
        world.recover("web");
        world.directed(MovedWorld.DEDICATED);

        for (int round = 0; round < 3; round++) {
            assertThat(world.moves().round(request, () -> {})).isInstanceOf(MoveRound.Moving.class);
        }
        assertThat(world.pods("web"))
                .as("nothing is put at risk before anybody knows of it")
                .noneMatch(KeptPods::isEnding)
                .allMatch(KeptPods::isReady);

        world.minutesLater = 1;
        String reason = "";
        while (!reason.contains("CrashLoopBackOff")) {
            var round = world.moves().round(request, () -> {});
            assertThat(round).isInstanceOf(MoveRound.Moving.class);
            reason = String.valueOf(((MoveRound.Moving) round).reason());
            request = MovedWorld.knowing(round, request);
        }
        await().until(() -> world.isWhole());
        world.minutesLater = 10;
        for (int round = 0; round < 3; round++) {
            assertThat(world.moves().round(request, () -> {})).isInstanceOf(MoveRound.Moving.class);
        }
    }

    /** The second of its nodes joins later. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void podsWaitWhereTheyRunForTheRoomOfNodesThatAreStillMade(Pace pace) throws Exception {
        world.dedicatedNodes().forEach(node -> world.label(node, "shared"));
        world.label("shared-4", "dedicated");
        world.add(AWorkload.deployment("web", 4).asking("6"));
        var request = world.toDedicated(pace).whileNodesAreMade();
        assertThat(world.moves().obstacles(world.toDedicated(pace)))
                .containsExactly("There is no room for 2 of 4 pods of Deployment shop/web");
        assertThat(world.moves().obstacles(request)).isEmpty();
        world.directed(MovedWorld.DEDICATED);

        try (var witness = Witness.of(world, pace)) {
            MoveRound.Moving last;
            do {
                last = (MoveRound.Moving) world.moves().round(request, () -> {});
            } while (last.reason() == null || !world.isWhole());
            assertThat(last.reason()).isEqualTo("Deployment shop/web waits for room on the nodes that are ready");
            assertThat(world.pods("web"))
                    .filteredOn(pod -> KeptPods.node(pod).equals("shared-4"))
                    .hasSize(2);

            world.label("shared-5", "dedicated");
            world.move(request);
            witness.assertNothingWrong();
        }
    }

    @Test
    void whatHasNoPlaceStaysAndIsSaid() throws Exception {
        world.add(AWorkload.deployment("web", 3));
        world.directed(MovedWorld.DEDICATED);
        world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});

        var round = (MoveRound.Moving) world.moves().round(world.toDedicated(Pace.EACH_WORKLOAD), () -> {});

        assertThat(round.reason()).contains("Deployment shop/web can't go there", "shared-4 is cordoned");
        assertThat(world.pods("web")).hasSize(3).noneMatch(KeptPods::isEnding);
    }

    /** The replacement was made for nodes that have closed meanwhile; nobody but us would ever make another one. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void whatWaitsForNodesThatAreNoLongerItsOwnIsMadeAnew(Pace pace) throws Exception {
        world.add(AWorkload.deployment("web", 3), AWorkload.statefulSet("db", 2));
        world.directed(MovedWorld.DEDICATED);
        world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
        List.of("web", "db")
                .forEach(app ->
                        world.client().resource(world.pods(app).getFirst()).delete());
        await().until(() -> List.of("web", "db").stream().allMatch(world::isPending));

        world.directed(MovedWorld.SHARED);
        world.move(world.toShared(pace));

        assertThat(world.pods("web")).hasSize(3);
        assertThat(world.pods("db")).hasSize(2);
        assertThat(world.nodesOf("web")).doesNotContainAnyElementsOf(world.dedicatedNodes());
        assertThat(world.nodesOf("db")).doesNotContainAnyElementsOf(world.dedicatedNodes());
    }

    /** For a moment API servers go by what a namespace said before, so that the pod is younger than the news. */
    @Test
    void whatWasMadeByOldNewsIsMadeAnew() throws Exception {
        world.add(AWorkload.statefulSet("db", 2));
        world.directed(MovedWorld.DEDICATED);
        world.moves().cordon(MovedWorld.WORKSPACE, world.dedicatedNodes(), () -> {});
        world.client().resource(world.pods("db").getFirst()).delete();
        await().until(() -> world.isPending("db"));
        var made = world.pods("db").stream()
                .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()))
                .max(Comparator.naturalOrder())
                .orElseThrow();

        world.directed(MovedWorld.SHARED);
        MovedWorld.NAMESPACES.forEach(name -> world.client()
                .namespaces()
                .withName(name)
                .edit(namespace -> namespace
                        .edit()
                        .editMetadata()
                        .addToAnnotations(
                                "nodeledger.io/directed-at",
                                made.minusSeconds(3).toString())
                        .endMetadata()
                        .build()));
        world.move(world.toShared(Pace.ALL));

        assertThat(world.pods("db")).hasSize(2);
        assertThat(world.nodesOf("db")).doesNotContainAnyElementsOf(world.dedicatedNodes());
    }

    @Test
    void jobsOnNodesThatAreToGoAreWaitedFor() throws Exception {
        world.add(AWorkload.job("import").on(MovedWorld.DEDICATED.selector()).tolerating());

        var round = (MoveRound.Moving) world.moves().round(world.toShared(Pace.ALL), () -> {});

        assertThat(round.reason()).isEqualTo("Waiting for Jobs to finish: shop/import");
        assertThat(world.pods("import")).hasSize(1);
    }

    @Test
    void barePodsOnNodesThatAreToGoStayAndAreSaid() throws Exception {
        world.add(AWorkload.bare("debug", "shared-4"));

        assertThat(world.moves().obstacles(world.toShared(Pace.ALL)))
                .containsExactly("No controller would start these pods elsewhere: shop/debug");
        assertThat(world.moves().obstacles(world.toDedicated(Pace.ALL))).isEmpty();
        var round = (MoveRound.Moving) world.moves().round(world.toShared(Pace.ALL), () -> {});
        assertThat(round.reason()).contains("shop/debug");
        assertThat(world.pods("debug")).hasSize(1);
    }

    @Test
    void podsAreDirectedBeforeTheFirstIsEvicted() throws Exception {
        world.add(AWorkload.deployment("web", 2));

        var round = (MoveRound.Moving) world.moves().round(world.toDedicated(Pace.ALL), () -> {});

        assertThat(round.reason()).isEqualTo("Pods were not directed in the namespaces shop");
        assertThat(world.moves().survey(MovedWorld.NAMESPACES).directed()).containsExactly(MovedWorld.NAMESPACE);
        assertThat(world.pods("web")).hasSize(2).noneMatch(KeptPods::isEnding);
    }

    @Test
    void aLostLeaseEndsTheRoundBeforeAnythingIsAsked() throws Exception {
        world.add(AWorkload.deployment("web", 2));
        world.directed(MovedWorld.DEDICATED);

        assertThatThrownBy(() -> world.moves().round(world.toDedicated(Pace.ALL), () -> {
                    throw new Died();
                }))
                .isInstanceOf(Died.class);
        assertThat(world.pods("web")).noneMatch(KeptPods::isEnding);
    }

    @Test
    void aClusterThatDoesNotAnswerOrRefusesIsNoException() throws Exception {
        world.directed(MovedWorld.DEDICATED);
        world.simulator
                .faults()
                .add(Fault.always(FaultKind.STATUS, "/pods$").withStatus(503).withTimes(1));
        assertThat(world.moves().round(world.toDedicated(Pace.ALL), () -> {}))
                .isInstanceOfSatisfying(
                        MoveRound.Moving.class,
                        moving -> assertThat(moving.progress()).isNull());

        world.simulator.faults().clear();
        world.simulator.faults().add(Fault.once(FaultKind.DENIED, "/pods$"));
        assertThat(world.moves().round(world.toDedicated(Pace.ALL), () -> {}))
                .isInstanceOfSatisfying(
                        MoveRound.Impossible.class,
                        impossible -> assertThat(impossible.code()).isEqualTo(ClusterFaults.REFUSED));
        assertThat(List.of(MovedWorld.NAMESPACE)).isEqualTo(world.moves().namespaces("", MovedWorld.WORKSPACE));
    }
}
