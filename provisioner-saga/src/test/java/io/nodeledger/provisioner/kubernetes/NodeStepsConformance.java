package io.nodeledger.provisioner.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.join.KubeadmJoinSeeds;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import io.nodeledger.provisioner.kubernetes.step.AwaitJoin;
import io.nodeledger.provisioner.kubernetes.step.AwaitReady;
import io.nodeledger.provisioner.kubernetes.step.CordonNode;
import io.nodeledger.provisioner.kubernetes.step.DrainNode;
import io.nodeledger.provisioner.kubernetes.step.RemoveFromKubernetes;
import io.nodeledger.provisioner.kubernetes.step.UncordonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What joining, cordoning and removing must do on any cluster, each done twice where repeating must change nothing. */
abstract class NodeStepsConformance extends ClusterConformance {
    @Test
    void aMachineJoinsAndBecomesReadyAsTheContractSays() throws InterruptedException {
        var seeds = new KubeadmJoinSeeds(regions(), tokens);
        var userData = seeds.userDataFor(facts, () -> {});
        assertThat(seeds.userDataFor(facts, () -> {})).isEqualTo(userData);
        cluster().boot(facts, userData);

        assertThat(finish(new AwaitJoin(regions(), tokens))).isInstanceOf(Outcome.Done.class);
        assertThat(tokens.exist(region().client(), node.id())).isFalse();
        assertThat(finish(new AwaitJoin(regions(), tokens))).isInstanceOf(Outcome.Done.class);

        var ready = finish(new AwaitReady(regions()));
        assertThat(finish(new AwaitReady(regions()))).isInstanceOf(Outcome.Ready.class);
        assertThat(ready).isInstanceOfSatisfying(Outcome.Ready.class, outcome -> {
            assertThat(outcome.kubernetes().nodeName()).isEqualTo(facts.kubernetesName());
            assertThat(outcome.kubernetes().capacity()).containsKeys("cpu", "memory", "pods");
            assertThat(outcome.kubernetes().kubeletVersion()).startsWith("v1.");
        });
        var joined = region().node(facts.kubernetesName()).orElseThrow();
        assertThat(joined.getMetadata().getLabels())
                .containsEntry("workspace", "ws-demo")
                .containsEntry("nodeledger.io/node-id", node.id());
        assertThat(joined.getSpec().getProviderID()).isEqualTo("proxmox://us-west-2/" + node.vmId());
        assertThat(joined.getSpec().getTaints()).extracting(Taint::getKey).contains("dedicated");
    }

    @Test
    void readyPutsBackWhatWasTakenOffAndKeepsWhatOthersPutOn() throws InterruptedException {
        join();
        patch("""
            {"metadata": {"labels": {"workspace": null, "team": "blue"}},
             "spec": {"taints": [{"key": "foreign", "value": "x", "effect": "PreferNoSchedule"}]}}\
            """);

        finish(new AwaitReady(regions()));

        var found = region().node(facts.kubernetesName()).orElseThrow();
        assertThat(found.getMetadata().getLabels())
                .containsEntry("workspace", "ws-demo")
                .containsEntry("team", "blue");
        assertThat(found.getSpec().getTaints()).extracting(Taint::getKey).contains("foreign", "dedicated");
    }

    @Test
    void aCordonIsSetOnceAndTakenBackOnce() throws InterruptedException {
        join();
        for (int time = 1; time <= 2; time++) {
            finish(new CordonNode(regions()));
            assertThat(unschedulable()).isTrue();
        }
        for (int time = 1; time <= 2; time++) {
            finish(new UncordonNode(regions()));
            assertThat(unschedulable()).isFalse();
        }
    }

    /** As a machine that did not shut down and is started again. */
    @Test
    void aKubeletThatGoesOnRenewingItsLeaseIsReadyInTheBootInWhichItWasCordoned() throws InterruptedException {
        join();
        finish(new CordonNode(regions()));

        assertThat(finish(new AwaitReady(regions()))).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void whatNeverJoinedIsDoneAtOnce() throws InterruptedException {
        assertThat(finish(new CordonNode(regions()))).isInstanceOf(Outcome.Done.class);
        assertThat(finish(
                        new DrainNode(regions(), new DrainSettings(Duration.ofMillis(50), 16, Duration.ofSeconds(2)))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(finish(new UncordonNode(regions()))).isInstanceOf(Outcome.Done.class);
        assertThat(finish(new RemoveFromKubernetes(regions(), tokens))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void removalTakesNodeAndTokenAndIsDoneTheSecondTimeToo() throws InterruptedException {
        join();
        new KubeadmJoinSeeds(regions(), tokens).userDataFor(facts, () -> {});

        for (int time = 1; time <= 2; time++) {
            assertThat(finish(new RemoveFromKubernetes(regions(), tokens))).isInstanceOf(Outcome.Done.class);
        }

        assertThat(region().node(facts.kubernetesName())).isEmpty();
        assertThat(tokens.exist(region().client(), node.id())).isFalse();
    }

    @Test
    void removalLeavesAForeignNodeOfTheSameNameAlone() throws InterruptedException {
        bareNode("other:///machine", Map.of());

        assertThat(finish(new RemoveFromKubernetes(regions(), tokens))).isInstanceOf(Outcome.Done.class);

        assertThat(region().node(facts.kubernetesName())).isPresent();
    }

    @Test
    void aTaintPutOnByAnotherWhileOursAreWrittenStays() throws InterruptedException {
        join();
        taint("other", "early");
        var raced = new AtomicBoolean();

        NodeEdits.edit(region(), facts, attempt::assertLease, found -> {
            if (raced.compareAndSet(false, true)) {
                taint("other", "late");
            }
            return NodeContract.apply(facts, found);
        });

        assertThat(region().node(facts.kubernetesName()).orElseThrow().getSpec().getTaints())
                .extracting(Taint::getKey, Taint::getValue)
                .contains(tuple("other", "late"), tuple("dedicated", "db-" + machine))
                .doesNotContain(tuple("other", "early"));
    }

    @Test
    void case19_aNodeRecreatedUnderTheSameNameJoinsCleanly() throws InterruptedException {
        bareNode("proxmox://us-west-2/99", Map.of(NodeContract.NODE_ID_LABEL, node.id(), "left", "over"));

        join();

        var joined = region().node(facts.kubernetesName()).orElseThrow();
        assertThat(joined.getSpec().getProviderID()).isEqualTo("proxmox://us-west-2/" + node.vmId());
        assertThat(joined.getMetadata().getLabels()).doesNotContainKey("left");
    }

    private void bareNode(String providerId, Map<String, String> labels) {
        region().client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(facts.kubernetesName())
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID(providerId)
                        .endSpec()
                        .build())
                .create();
    }

    /** As another controller does it, which knows nothing of ours. */
    private void taint(String key, String value) {
        patch("""
            {"spec": {"taints": [{"key": "%s", "value": "%s", "effect": "PreferNoSchedule"}]}}\
            """.formatted(key, value));
    }

    /** Without a resource version, which a kubelet's report may overtake at any time. */
    private void patch(String change) {
        region().client().nodes().withName(facts.kubernetesName()).patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private boolean unschedulable() {
        return Boolean.TRUE.equals(
                region().node(facts.kubernetesName()).orElseThrow().getSpec().getUnschedulable());
    }
}
