package io.nodeledger.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {
    @TempDir
    Path folder;

    TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void a_machine_with_a_valid_seed_becomes_a_ready_node_with_its_labels_taints_and_addresses() {
        cluster.join(101, "node-1-k8s");

        Node node = cluster.client.nodes().withName("node-1-k8s").get();
        assertThat(node.getMetadata().getLabels())
                .containsEntry("node-type", "dedicated")
                .containsEntry("nodeledger.io/node-id", "node-1")
                .containsEntry("kubernetes.io/hostname", "node-1-k8s");
        assertThat(node.getSpec().getProviderID()).isEqualTo("proxmox://test/101");
        assertThat(node.getStatus().getAddresses())
                .extracting(a -> a.getType() + "=" + a.getAddress())
                .contains("InternalIP=10.1.0.101", "ExternalIP=203.0.113.101");
        assertThat(node.getStatus().getAllocatable()).containsEntry("cpu", new Quantity("3800m"));
        await().untilAsserted(() -> assertThat(cluster.client
                        .nodes()
                        .withName("node-1-k8s")
                        .get()
                        .getSpec()
                        .getTaints())
                .extracting(Taint::getKey)
                .containsExactly("dedicated"));
    }

    @Test
    void an_expired_token_keeps_a_machine_out_and_is_said_in_an_event() {
        String token = cluster.token("expire", Duration.ofSeconds(-1));

        cluster.simulator.machineListener().machineBooted(TestCluster.machine(102, cluster.kubeadmSeed("late", token)));

        await().untilAsserted(() -> assertThat(cluster.client
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withField("reason", "JoinFailed")
                        .list()
                        .getItems())
                .anySatisfy(e -> assertThat(e.getInvolvedObject().getName()).isEqualTo("late")));
        assertThat(cluster.client.nodes().withName("late").get()).isNull();
    }

    @Test
    void a_token_that_appears_while_the_machine_still_tries_lets_it_in() {
        cluster.simulator
                .machineListener()
                .machineBooted(TestCluster.machine(103, cluster.kubeadmSeed("patient", "later1.0123456789abcdef")));
        cluster.token("later1", Duration.ofHours(1));

        assertThat(cluster.awaitReady("patient")).isNotNull();
    }

    @Test
    void a_wrong_pin_keeps_a_machine_out() {
        String seed = cluster.kubeadmSeed("wrong-pin", cluster.token("pinned", Duration.ofHours(1)))
                .replace(cluster.simulator.caCertHash(), "sha256:00");

        cluster.simulator.machineListener().machineBooted(TestCluster.machine(104, seed));

        await().untilAsserted(() -> assertThat(cluster.client
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withField("involvedObject.name", "wrong-pin")
                        .list()
                        .getItems())
                .isNotEmpty());
        assertThat(cluster.client.nodes().withName("wrong-pin").get()).isNull();
    }

    @Test
    void a_k3s_agent_joins_with_its_config_file() {
        String token = cluster.token("k3sage", Duration.ofHours(1));
        String seed = """
                #cloud-config
                write_files:
                  - path: /etc/rancher/k3s/config.yaml
                    content: |
                      server: %s
                      token: %s
                      node-name: edge-1
                      node-label: [node-type=dedicated]
                      node-taint: ["dedicated=edge:NoSchedule"]
                      kubelet-arg: [provider-id=proxmox://test/105]
                runcmd:
                  - systemctl enable --now k3s-agent
                """.formatted(cluster.simulator.url(), token);

        cluster.simulator.machineListener().machineBooted(TestCluster.machine(105, seed));

        assertThat(cluster.awaitReady("edge-1").getSpec().getProviderID()).isEqualTo("proxmox://test/105");
    }

    @Test
    void a_halted_machine_goes_stale_and_a_reboot_brings_it_back_without_a_token() {
        Machine machine = cluster.join(106, "phoenix");
        cluster.client.secrets().inNamespace("kube-system").delete();

        cluster.simulator.machineListener().machineHalted(106);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Node node = cluster.client.nodes().withName("phoenix").get();
            assertThat(node.getStatus().getConditions())
                    .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("Unknown"));
            assertThat(node.getSpec().getTaints()).extracting(Taint::getKey).contains("node.kubernetes.io/unreachable");
        });

        cluster.simulator.machineListener().machineBooted(machine);
        assertThat(cluster.awaitReady("phoenix")).isNotNull();
    }

    @Test
    void a_machine_made_anew_under_an_old_id_must_join_again() {
        Machine machine = cluster.join(107, "first");
        cluster.client.secrets().inNamespace("kube-system").delete();
        cluster.simulator.machineListener().machineHalted(107);
        cluster.client.nodes().withName("first").delete();

        Machine other = new Machine(
                107,
                "vm",
                "pve1",
                4,
                8L << 30,
                80L << 30,
                machine.userData(),
                "bc:24:11:ff:ff:ff",
                "10.1.0.7",
                "",
                TestCluster.BOOT);
        cluster.simulator.machineListener().machineBooted(other);

        await().untilAsserted(() -> assertThat(cluster.client
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withField("reason", "JoinFailed")
                        .list()
                        .getItems())
                .isNotEmpty());
        assertThat(cluster.client.nodes().withName("first").get()).isNull();
    }

    @Test
    void a_machine_that_was_silenced_joins_only_when_it_is_woken() {
        cluster.simulator.faults().add(Fault.always(FaultKind.PARTITION, "cluster-info"));
        String seed = cluster.kubeadmSeed("mute", cluster.token("muted1", Duration.ofHours(1)));
        cluster.simulator.machineListener().machineBooted(TestCluster.machine(108, seed));
        await().ignoreExceptionsInstanceOf(ApiError.class).until(() -> {
            cluster.simulator.silence("mute");
            return true;
        });
        cluster.simulator.faults().clear();

        await().during(Duration.ofSeconds(1))
                .until(() -> cluster.client.nodes().withName("mute").get() == null);

        cluster.simulator.wake("mute");
        cluster.awaitReady("mute");
    }

    @Test
    void a_known_machine_that_boots_during_a_partition_registers_when_it_is_over() {
        Machine machine = cluster.join(109, "cut-off");
        cluster.simulator.machineListener().machineHalted(109);
        cluster.client.nodes().withName("cut-off").delete();
        await().until(() -> cluster.client.nodes().withName("cut-off").get() == null);
        cluster.simulator.faults().add(Fault.always(FaultKind.PARTITION, "/kube-node-lease/"));

        cluster.simulator.machineListener().machineBooted(machine);

        await().during(Duration.ofSeconds(1))
                .until(() -> cluster.client.nodes().withName("cut-off").get() == null);
        cluster.simulator.faults().clear();
        cluster.awaitReady("cut-off");
    }
}
