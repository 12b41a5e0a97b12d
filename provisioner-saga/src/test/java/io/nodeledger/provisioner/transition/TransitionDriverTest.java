package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.node.NodeCommand.JoinTransition;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.TransitionFailed;
import io.nodeledger.events.transition.TransitionEvent.TransitionNeedsAttention;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.CommandModel;
import io.nodeledger.provisioner.reconciliation.OperationDurations;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who works on a transition, how long, and what becomes of one that gets no further. */
class TransitionDriverTest {
    private static final String ID = "trans-1";
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final TransitionSettings SETTINGS = new TransitionSettings(
            Duration.ofMillis(250), PATIENCE, Duration.ofHours(4), Duration.ofDays(7), Duration.ofMinutes(10));
    private static final PlanTerms TERMS =
            new PlanTerms("plan", new BigDecimal("0.12"), BigDecimal.ZERO, new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private static JdbcClient jdbc;

    /** What is done at each stage; nothing where nothing is said. */
    private final Map<TransitionStage, BiFunction<TransitionRecord, Turn, Duration>> works =
            new EnumMap<>(TransitionStage.class);

    private final List<TransitionStage> worked = new ArrayList<>();
    private Configuration axon;
    private TransitionIntake intake;
    private Instant now = START;

    @BeforeAll
    static void migrate() {
        var database = ProvisionerSchema.newDatabase();
        jdbc = JdbcClient.create(database.keptConnections());
    }

    @BeforeEach
    void aTransitionOfOneNode() {
        jdbc.sql("truncate provisioner.running_transition, provisioner.region_turn")
                .update();
        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine());
        CommandModel.aggregates().forEach(configurer::configureAggregate);
        axon = configurer
                .registerCommandHandler(CommandModel::transitionRecorder)
                .start();
        send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 5, false, START));
        send(new GrantCredits("ws-1", new BigDecimal("1000"), null, START));
        send(new ProvisionNode(
                "ws-1",
                "node-1",
                "task-1",
                "prod-1",
                null,
                TERMS,
                List.of("us-west-2"),
                Map.of(),
                Map.of(),
                List.of(),
                600,
                START));
        send(new ScheduleSharedTransition(
                "ws-1", ID, MigrationStrategy.ROLLING, null, false, TransitionDurations.USUAL, START));
        var streams = new TransitionStreams(axon.eventStore());
        var durations = new PartDurations(new OperationDurations(jdbc));
        intake = new TransitionIntake(
                new RunningTransitions(jdbc), streams, durations, new DirectedRegions(jdbc), () -> now);
        intake.on(streams.events(ID, Long.MAX_VALUE).getFirst(), 0);
        works.put(TransitionStage.AWAIT_WINDOW, (_, turn) -> told(turn, new TransitionOutcome.WindowOpened(null)));
    }

    @AfterEach
    void close() {
        axon.shutdown();
    }

    @Test
    void whatGetsNoFurtherIsUndone() {
        works.put(TransitionStage.RESERVE, (_, turn) -> {
            turn.waitsFor("node-1 is busy");
            return StageWork.SOON;
        });
        lookFor(PATIENCE.minusSeconds(1));
        assertThat(events()).noneMatch(TransitionTurnedBack.class::isInstance);

        lookFor(Duration.ofSeconds(1));

        assertThat(events())
                .filteredOn(TransitionTurnedBack.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(TransitionTurnedBack.class, back -> {
                    assertThat(back.code()).isEqualTo("TRANSITION_TIMEOUT");
                    assertThat(back.reason()).contains("'reserve'", "node-1 is busy");
                });
    }

    @Test
    void theTimeOfAStageBeginsWithIt() {
        works.put(TransitionStage.RESERVE, (_, _) -> StageWork.SOON);
        lookFor(PATIENCE.minusSeconds(60));
        works.put(TransitionStage.RESERVE, (_, turn) -> told(turn, new TransitionOutcome.Reserved(List.of())));
        works.put(TransitionStage.PREPARE, (_, _) -> {
            throw new KubernetesClientException("the cluster is silent");
        });

        lookFor(Duration.ofMinutes(5));

        assertThat(worked).contains(TransitionStage.PREPARE);
        assertThat(events()).noneMatch(TransitionTurnedBack.class::isInstance);
    }

    @Test
    void whoGetsOnHasMorePatience() {
        var steps = new int[1];
        works.put(TransitionStage.RESERVE, (_, turn) -> {
            turn.progress(++steps[0]);
            return StageWork.SOON;
        });

        lookFor(PATIENCE.multipliedBy(3));

        assertThat(events()).noneMatch(TransitionTurnedBack.class::isInstance);
    }

    @Test
    void whatComesAndGoesIsNoProgress() {
        var round = new int[1];
        works.put(TransitionStage.RESERVE, (_, turn) -> {
            turn.progress(++round[0] % 2);
            return StageWork.SOON;
        });

        lookFor(PATIENCE.plusSeconds(30));

        assertThat(events()).anyMatch(TransitionTurnedBack.class::isInstance);
    }

    @Test
    void peopleAreAskedOnceForWhatCanNotBeUndone() {
        works.put(TransitionStage.RESERVE, (_, turn) -> told(turn, new TransitionOutcome.Failed("NO", "It is broken")));
        works.put(TransitionStage.GIVE_BACK, (_, turn) -> {
            turn.waitsFor("this, at " + now);
            return StageWork.SOON;
        });

        lookFor(PATIENCE.multipliedBy(3));

        assertThat(events())
                .filteredOn(TransitionNeedsAttention.class::isInstance)
                .hasSize(1);
        assertThat(events().getLast()).isInstanceOf(TransitionNeedsAttention.class);
    }

    @Test
    void aMistakeOfOursIsNotRepeatedAtOnce() {
        works.put(TransitionStage.RESERVE, (_, _) -> {
            throw new IllegalStateException("A mistake of ours, on purpose");
        });

        lookFor(Duration.ofSeconds(25));

        assertThat(worked).containsExactly(TransitionStage.AWAIT_WINDOW, TransitionStage.RESERVE);
    }

    @Test
    void anotherInstanceLeavesItAloneMeanwhile() {
        works.put(TransitionStage.RESERVE, (_, _) -> StageWork.SOON);
        driver("one").look(Runnable::run);
        now = now.plusSeconds(1);

        driver("other").look(Runnable::run);

        assertThat(worked).containsExactly(TransitionStage.AWAIT_WINDOW, TransitionStage.RESERVE);
    }

    @Test
    void whatHappensDuringARoundIsNotSleptOver() {
        works.put(TransitionStage.AWAIT_WINDOW, (_, _) -> {
            new RunningTransitions(jdbc).due(ID, "ws-1", now);
            return Duration.ofSeconds(30);
        });
        var driver = driver("one");

        driver.look(Runnable::run);
        driver.look(Runnable::run);

        assertThat(worked).hasSize(2);
    }

    @Test
    void aNodeThatIsTakenWhileTheTransitionEndsIsGivenBack() {
        provisioned();
        works.put(TransitionStage.RESERVE, (_, turn) -> told(turn, new TransitionOutcome.Failed("NO", "It is broken")));
        works.put(TransitionStage.GIVE_BACK, (_, turn) -> told(turn, new TransitionOutcome.GivenBack()));
        works.put(TransitionStage.CONCLUDE, (_, turn) -> told(turn, new TransitionOutcome.Concluded()));
        lookFor(Duration.ofSeconds(5));
        assertThat(events().getLast()).isInstanceOf(TransitionFailed.class);
        assertThat(join(ID)).isInstanceOf(MembershipAnswer.Member.class);
        assertThat(join("trans-2")).isInstanceOf(MembershipAnswer.Busy.class);

        intake.on(new TransitionJoined("node-1", "ws-1", ID, now));
        lookFor(Duration.ofSeconds(5));

        assertThat(join("trans-2")).isInstanceOf(MembershipAnswer.Member.class);
        assertThat(jdbc.sql("select count(*) from provisioner.running_transition")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private MembershipAnswer join(String transition) {
        return axon.commandGateway().sendAndWait(new JoinTransition("node-1", "ws-1", transition, now));
    }

    private void provisioned() {
        var facts = new KubernetesFacts("node-1-k8s", "uid", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd", "v1");
        long next = axon.eventStore().lastSequenceNumberFor("node-1").orElseThrow() + 1;
        var event = new NodeProvisioningCompleted("node-1", "ws-1", "task-1", facts, START);
        axon.eventStore().publish(new GenericDomainEventMessage<>("Node", "node-1", next, event));
    }

    private void lookFor(Duration time) {
        var driver = driver("one");
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            driver.look(Runnable::run);
            now = now.plusSeconds(5);
        }
        now = end;
        driver.look(Runnable::run);
    }

    private TransitionDriver driver(String holder) {
        var everything = new StageWork() {
            @Override
            public Set<TransitionStage> stages() {
                return EnumSet.allOf(TransitionStage.class);
            }

            @Override
            public Duration round(TransitionRecord transition, Turn turn) {
                TransitionStage stage = transition.stage().orElseThrow();
                worked.add(stage);
                return works.getOrDefault(stage, (_, _) -> SOON).apply(transition, turn);
            }
        };
        return new TransitionDriver(
                new RunningTransitions(jdbc),
                new TransitionStreams(axon.eventStore()),
                List.of(everything),
                new PlatformCommands(axon.commandGateway(), new TransitionStreams(axon.eventStore())),
                new RegionTurns(jdbc, RunningTransitions.DUTY, holder),
                holder,
                SETTINGS,
                () -> now);
    }

    private static Duration told(Turn turn, TransitionOutcome outcome) {
        turn.record(outcome);
        return StageWork.ON;
    }

    private List<TransitionEvent> events() {
        return new TransitionStreams(axon.eventStore()).events(ID, Long.MAX_VALUE);
    }

    private void send(Object command) {
        axon.commandGateway().sendAndWait(command);
    }
}
