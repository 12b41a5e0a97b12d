package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.kubernetes.step.CordonNode;
import io.nodeledger.provisioner.kubernetes.step.DrainNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a drain must do on any cluster, with real pods and budgets. */
abstract class DrainConformance extends ClusterConformance {
    private final String app = "app-" + machine;
    private DrainNode drain;
    private Workload workload;

    @BeforeEach
    void prepare() {
        drain = new DrainNode(regions(), new DrainSettings(Duration.ofMillis(50), 16, Duration.ofSeconds(2)));
        workload = new Workload(region().client(), facts.kubernetesName(), app);
    }

    @AfterEach
    void removeTheWorkload() {
        workload.remove();
    }

    @Test
    void aDrainMovesPodsAway() throws InterruptedException {
        placed();

        assertThat(finish(drain)).isInstanceOf(Outcome.Done.class);

        assertThat(workload.here()).isZero();
        assertThat(finish(drain)).isInstanceOf(Outcome.Done.class);
        await().atMost(Duration.ofSeconds(10)).until(workload::runsElsewhere);
    }

    @Test
    void aBudgetBlocksTheDrainUntilItIsReleased() throws InterruptedException {
        placed();
        workload.budget("keep");

        for (int time = 1; time <= 2; time++) {
            assertThat(drain.ensure(facts, attempt)).isInstanceOf(StepResult.Waiting.class);
        }
        assertThat(workload.here()).isOne();
        assertThat(attempt.recorded())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Delayed.class,
                        delayed -> assertThat(delayed.reason()).contains("default/" + app, "budget keep"));

        workload.releaseBudget("keep");
        assertThat(finish(drain)).isInstanceOf(Outcome.Done.class);
        assertThat(workload.here()).isZero();
    }

    /** An operation that was called off in its drain says nothing more; the next one has its own reader. */
    @Test
    void whatBlocksIsSaidAnewInTheNextOperation() throws InterruptedException {
        placed();
        workload.budget("keep");
        assertThat(drain.ensure(facts, attempt)).isInstanceOf(StepResult.Waiting.class);
        var later = new TriedAttempt(Duration.ZERO);

        assertThat(drain.ensure(node.deletingAgain(), later)).isInstanceOf(StepResult.Waiting.class);

        assertThat(later.recorded()).hasSize(1);
    }

    @Test
    void aDrainWhoseTimeIsUpNamesPodsAndBudgets() throws InterruptedException {
        placed();
        workload.budget("keep");

        var result = drain.ensure(node.deleting(60), new TriedAttempt(Duration.ofSeconds(61)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        StepResult.Finished.class,
                        finished -> assertThat(finished.outcome())
                                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                                    assertThat(failed.code()).isEqualTo("DRAIN_TIMEOUT");
                                    assertThat(failed.reason()).contains("default/" + app, "budget keep");
                                }));
        assertThat(workload.here()).isOne();
    }

    @Test
    void twoBudgetsOnOnePodFailTheDrain() throws InterruptedException {
        placed();
        workload.budget("one");
        workload.budget("two");

        assertBlocked(finish(drain), "budgets one and two");
    }

    @Test
    void aPodThatOnlyThisNodeMayRunBlocksTheDrain() throws InterruptedException {
        join();
        workload.bound(1, taint(), Map.of(NodeContract.NODE_ID_LABEL, node.id()));
        finish(new CordonNode(regions()));

        assertBlocked(finish(drain), "default/" + app, "has nowhere to go", "does not match its node selector");
        assertThat(workload.here()).isOne();
    }

    @Test
    void unmanagedPodsBlockADrainAndForceSkipsIt() throws InterruptedException {
        join();
        workload.bare();

        assertBlocked(finish(drain), "default/" + app);

        assertThat(drain.ensure(node.deletingByForce(), attempt)).isEqualTo(StepResult.done("skipped: forced"));
        assertThat(workload.here()).isOne();
    }

    @Test
    void podsOfAnUnreachableNodeGoWhenTheTimeIsUp() throws InterruptedException {
        placed();
        workload.budget("keep");
        cluster().silence(facts.kubernetesName());
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        Readiness.of(region().node(facts.kubernetesName()).orElseThrow()) == Readiness.UNREACHABLE);

        var late = new TriedAttempt(Duration.ofSeconds(61));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(drain.ensure(node.deleting(60), late))
                        .isInstanceOfSatisfying(
                                StepResult.Finished.class,
                                finished -> assertThat(finished.outcome()).isInstanceOf(Outcome.Done.class)));

        assertThat(workload.here()).isZero();
    }

    private void placed() throws InterruptedException {
        join();
        workload.placed(taint());
        finish(new CordonNode(regions()));
    }

    private static void assertBlocked(Outcome outcome, String... named) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("DRAIN_BLOCKED");
            assertThat(failed.reason()).contains(named);
        });
    }

    private String taint() {
        return node.taints().getFirst().value();
    }
}
