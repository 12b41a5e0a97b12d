package io.nodeledger.simulators.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
    @TempDir
    Path folder;

    @Test
    void kubectl_shows_cordons_taints_labels_drains_applies_and_deletes() throws Exception {
        assumeTrue(onPath(), "kubectl is not on the PATH: its conversation with the simulator is not tested");
        try (TestCluster cluster =
                new TestCluster(new KubernetesSimulatorSettings("test", folder, 0, 0, 2, true, 500))) {
            cluster.awaitReady("shared-1");
            cluster.awaitReady("shared-2");

            assertThat(kubectl(cluster, "get", "nodes", "-o", "wide")).contains("STATUS", "Ready", "INTERNAL-IP");
            assertThat(kubectl(cluster, "cordon", "shared-1")).contains("cordoned");
            assertThat(kubectl(cluster, "get", "nodes")).contains("Ready,SchedulingDisabled");
            assertThat(kubectl(cluster, "uncordon", "shared-1")).contains("uncordoned");
            assertThat(kubectl(cluster, "label", "node", "shared-1", "team=a")).contains("labeled");
            assertThat(kubectl(cluster, "taint", "node", "shared-1", "x=y:PreferNoSchedule"))
                    .contains("tainted");
            assertThat(kubectl(cluster, "describe", "node", "shared-1"))
                    .contains("x=y:PreferNoSchedule", "team=a", "Allocated resources");
            assertThat(kubectl(
                            cluster,
                            "drain",
                            "shared-2",
                            "--ignore-daemonsets",
                            "--delete-emptydir-data",
                            "--timeout=15s"))
                    .contains("drained");
            assertThat(kubectl(cluster, "get", "events")).contains("NodeReady");
            Path manifest = Files.writeString(
                    folder.resolve("cm.yaml"),
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {a: b}\n");
            assertThat(kubectl(cluster, "apply", "-f", manifest.toString())).contains("created");
            assertThat(kubectl(cluster, "apply", "-f", manifest.toString())).contains("unchanged");
            assertThat(kubectl(cluster, "delete", "-f", manifest.toString())).contains("deleted");
            assertThat(kubectl(cluster, "top", "node")).contains("shared-1");
        }
    }

    private static boolean onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    private String kubectl(TestCluster cluster, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "kubectl", "--kubeconfig", cluster.simulator.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
