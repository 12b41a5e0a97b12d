package io.nodeledger.provisioner.kubernetes.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    @Test
    void thereIsAPlaceOnAnOpenNode() {
        assertThat(Destinations.missing(List.of(APod.asking("1")), List.of(node().build())))
                .isEmpty();
    }

    @Test
    void theLastNodeHasNowhereToEvictTo() {
        assertThat(Destinations.missing(List.of(APod.asking("1")), List.of()))
                .hasValue("shop/web-1 has nowhere to go: the cluster has no other node");
    }

    @Test
    void aCordonedNodeIsNoPlace() {
        var cordoned = node().editSpec().withUnschedulable(true).endSpec().build();
        assertThat(Destinations.missing(List.of(APod.asking("1")), List.of(cordoned)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("other is cordoned"));
    }

    @Test
    void aTaintedNodeIsNoPlaceUnlessTolerated() {
        var tainted = node().editSpec()
                .addNewTaint()
                .withKey("dedicated")
                .withValue("db")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
        var tolerant = APod.of("ReplicaSet")
                .editSpec()
                .addNewToleration()
                .withKey("dedicated")
                .withValue("db")
                .withEffect("NoSchedule")
                .endToleration()
                .endSpec()
                .build();
        assertThat(Destinations.missing(List.of(APod.asking("1")), List.of(tainted)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("has the taint dedicated"));
        assertThat(Destinations.missing(List.of(tolerant), List.of(tainted))).isEmpty();
    }

    @Test
    void aNodeThatIsNotReadyJustNowIsStillAPlace() {
        var notReady = node().editSpec()
                .addNewTaint()
                .withKey("node.kubernetes.io/not-ready")
                .withEffect("NoExecute")
                .endTaint()
                .endSpec()
                .build();
        assertThat(Destinations.missing(List.of(APod.asking("1")), List.of(notReady)))
                .isEmpty();
    }

    @Test
    void aNodeTooSmallEvenWhenEmptyIsNoPlace() {
        assertThat(Destinations.missing(List.of(APod.asking("4500m")), List.of(node().build())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("other is too small in cpu"));
    }

    @Test
    void theNodeSelectorDecides() {
        var picky = APod.of("StatefulSet")
                .editSpec()
                .withNodeSelector(Map.of("workspace", "ws-demo"))
                .endSpec()
                .build();
        var same = node().editMetadata()
                .addToLabels("workspace", "ws-demo")
                .endMetadata()
                .build();
        assertThat(Destinations.missing(List.of(picky), List.of(node().build())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("does not match its node selector"));
        assertThat(Destinations.missing(List.of(picky), List.of(same))).isEmpty();
    }

    @Test
    void requiredNodeAffinityDecides() {
        var pinned = APod.of("StatefulSet")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("zone")
                .withOperator("In")
                .withValues("a", "b")
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
        var zoneB = node().editMetadata().addToLabels("zone", "b").endMetadata().build();
        assertThat(Destinations.missing(List.of(pinned), List.of(node().build())))
                .isPresent();
        assertThat(Destinations.missing(List.of(pinned), List.of(zoneB))).isEmpty();
    }

    private static NodeBuilder node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("other")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withAllocatable(Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi")))
                .endStatus();
    }
}
