package io.nodeledger.provisioner.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.nodeledger.provisioner.kubernetes.ANode;
import org.junit.jupiter.api.Test;

class NodeContractTest {
    private final ANode ours = ANode.inRegion("us-west-2").tainted("dedicated", "db", "NoSchedule");

    @Test
    void labelsTaintsAndIdentityAreSet() {
        var node = bare().build();

        boolean changed = NodeContract.apply(ours.provisioning(), node);

        assertThat(changed).isTrue();
        assertThat(node.getMetadata().getLabels())
                .containsEntry("tier", "gold")
                .containsEntry("node-type", "dedicated")
                .containsEntry("workspace", "ws-demo")
                .containsEntry("nodeledger.io/node-id", ours.id());
        assertThat(node.getSpec().getProviderID()).isEqualTo("proxmox://us-west-2/104");
        assertThat(node.getSpec().getTaints()).extracting(Taint::getKey).containsExactly("dedicated");
    }

    @Test
    void aNodeThatIsAsItShouldBeIsLeftAlone() {
        var node = bare().build();
        NodeContract.apply(ours.provisioning(), node);
        var before = new NodeBuilder(node).build();

        assertThat(NodeContract.apply(ours.provisioning(), node)).isFalse();
        assertThat(node).isEqualTo(before);
    }

    @Test
    void foreignLabelsAndTaintsStay() {
        var node = bare().editMetadata()
                .addToLabels("team", "blue")
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey("node.kubernetes.io/not-ready")
                .withEffect("NoExecute")
                .endTaint()
                .endSpec()
                .build();

        NodeContract.apply(ours.provisioning(), node);

        assertThat(node.getMetadata().getLabels()).containsEntry("team", "blue");
        assertThat(node.getSpec().getTaints())
                .extracting(Taint::getKey)
                .containsExactly("node.kubernetes.io/not-ready", "dedicated");
    }

    @Test
    void aTaintWithAnotherValueIsReplaced() {
        var node = bare().withNewSpec()
                .addNewTaint()
                .withKey("dedicated")
                .withValue("web")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();

        NodeContract.apply(ours.provisioning(), node);

        assertThat(node.getSpec().getTaints()).extracting(Taint::getValue).containsExactly("db");
    }

    @Test
    void ownershipIsJudgedByIdentityThenByLabel() {
        var facts = ours.provisioning();
        assertThat(Ownership.of(withProviderId("proxmox://us-west-2/104"), facts))
                .isEqualTo(Ownership.OURS);
        assertThat(Ownership.of(labelled(bare().build()), facts)).isEqualTo(Ownership.OURS);
        assertThat(Ownership.of(labelled(withProviderId("proxmox://us-west-2/99")), facts))
                .isEqualTo(Ownership.FORMER_MACHINE);
        assertThat(Ownership.of(withProviderId("aws:///i-1"), facts)).isEqualTo(Ownership.FOREIGN);
        assertThat(Ownership.of(bare().build(), facts)).isEqualTo(Ownership.FOREIGN);
    }

    @Test
    void onlyOurOwnCordonIsOpened() {
        var byUs = bare().build();
        Cordon.close(byUs);
        var byAPerson = bare().withNewSpec().withUnschedulable(true).endSpec().build();
        Cordon.close(byAPerson);

        assertThat(Cordon.open(byUs)).isTrue();
        assertThat(byUs.getSpec().getUnschedulable()).isFalse();
        assertThat(Cordon.open(byAPerson)).isFalse();
        assertThat(byAPerson.getSpec().getUnschedulable()).isTrue();
    }

    private Node labelled(Node node) {
        return new NodeBuilder(node)
                .editMetadata()
                .addToLabels(NodeContract.NODE_ID_LABEL, ours.id())
                .endMetadata()
                .build();
    }

    private static Node withProviderId(String providerId) {
        return bare().withNewSpec().withProviderID(providerId).endSpec().build();
    }

    private static NodeBuilder bare() {
        return new NodeBuilder().withNewMetadata().withName("n").endMetadata();
    }
}
