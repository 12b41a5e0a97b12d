package io.nodeledger.simulators.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.simulators.machine.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A simulated cluster without delays and a client that does not retry. */
final class TestCluster implements AutoCloseable {
    static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Vertx VERTX = Vertx.vertx();
    final KubernetesSimulator simulator;
    final KubernetesClient client;

    TestCluster(Path folder) throws IOException {
        this(new KubernetesSimulatorSettings("test", folder, 0, 0, 1, false, 50));
    }

    TestCluster(KubernetesSimulatorSettings settings) throws IOException {
        simulator = KubernetesSimulator.start(settings, VERTX);
        Config kubeconfig = Config.fromKubeconfig(Files.readString(simulator.kubeconfig()));
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(kubeconfig)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** Stores a bootstrap token and answers it. */
    String token(String id, Duration validFor) {
        client.secrets()
                .inNamespace("kube-system")
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("bootstrap-token-" + id)
                        .withNamespace("kube-system")
                        .endMetadata()
                        .withType("bootstrap.kubernetes.io/token")
                        .withStringData(Map.of(
                                "token-id", id,
                                "token-secret", "0123456789abcdef",
                                "expiration", Instant.now().plus(validFor).toString(),
                                "usage-bootstrap-authentication", "true",
                                "usage-bootstrap-signing", "true"))
                        .build())
                .create();
        return id + ".0123456789abcdef";
    }

    String kubeadmSeed(String node, String token) {
        return """
                #cloud-config
                hostname: %1$s
                write_files:
                  - path: /etc/kubernetes/join.yaml
                    content: |
                      apiVersion: kubeadm.k8s.io/v1beta4
                      kind: JoinConfiguration
                      discovery:
                        bootstrapToken:
                          token: %2$s
                          apiServerEndpoint: %3$s
                          caCertHashes: ["%4$s"]
                      nodeRegistration:
                        name: %1$s
                        taints:
                          - {key: dedicated, value: backend, effect: NoSchedule}
                        kubeletExtraArgs:
                          - {name: node-labels, value: "node-type=dedicated,nodeledger.io/node-id=node-1"}
                          - {name: provider-id, value: "proxmox://test/101"}
                runcmd:
                  - [kubeadm, join, --config, /etc/kubernetes/join.yaml]
                """.formatted(node, token, simulator.url().replace("https://", ""), simulator.caCertHash());
    }

    static Machine machine(int id, String seed) {
        return new Machine(
                id,
                "vm-" + id,
                "pve1",
                4,
                8L << 30,
                80L << 30,
                seed,
                "bc:24:11:00:00:0" + id % 10,
                "10.1.0." + id,
                "203.0.113." + id,
                BOOT);
    }

    /** Boots a machine that joins, and waits until its node is ready. */
    Machine join(int id, String node) {
        Machine machine = machine(id, kubeadmSeed(node, token("abcde" + id % 10, Duration.ofHours(1))));
        simulator.machineListener().machineBooted(machine);
        awaitReady(node);
        return machine;
    }

    Node awaitReady(String node) {
        return client.nodes().withName(node).waitUntilReady(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
        simulator.close();
    }
}
