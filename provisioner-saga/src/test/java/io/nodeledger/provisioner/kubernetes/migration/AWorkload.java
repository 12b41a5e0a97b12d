package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workloads for tests: {@code AWorkload.deployment("web", 3).letting(1)}. */
record AWorkload(
        String kind,
        String app,
        int replicas,
        String cpu,
        Map<String, String> annotations,
        Map<String, String> nodeSelector,
        @Nullable Integer maxUnavailable,
        String node,
        boolean tolerates) {
    static final String BEHAVIOUR = "simulator.nodeledger.io/pod";

    static AWorkload deployment(String app, int replicas) {
        return of("Deployment", app, replicas);
    }

    static AWorkload statefulSet(String app, int replicas) {
        return of("StatefulSet", app, replicas);
    }

    static AWorkload daemonSet(String app) {
        return of("DaemonSet", app, 1);
    }

    /** A Job that runs until its pods are deleted or reported as ended. */
    static AWorkload job(String app) {
        return of("Job", app, 1).behaving("endless");
    }

    static AWorkload bare(String app, String node) {
        var workload = of("Pod", app, 1);
        return new AWorkload("Pod", app, 1, workload.cpu, Map.of(), Map.of(), null, node, false);
    }

    private static AWorkload of(String kind, String app, int replicas) {
        return new AWorkload(kind, app, replicas, "10m", Map.of(), Map.of(), null, "", false);
    }

    /** With a disruption budget that lets so many pods go at a time. */
    AWorkload letting(int maxUnavailable) {
        return new AWorkload(kind, app, replicas, cpu, annotations, nodeSelector, maxUnavailable, node, tolerates);
    }

    AWorkload broken() {
        return behaving("broken");
    }

    AWorkload asking(String amount) {
        return new AWorkload(kind, app, replicas, amount, annotations, nodeSelector, maxUnavailable, node, tolerates);
    }

    AWorkload on(Map<String, String> selector) {
        return new AWorkload(kind, app, replicas, cpu, annotations, selector, maxUnavailable, node, tolerates);
    }

    /** Tolerates everything. */
    AWorkload tolerating() {
        return new AWorkload(kind, app, replicas, cpu, annotations, nodeSelector, maxUnavailable, node, true);
    }

    private AWorkload behaving(String how) {
        return new AWorkload(
                kind, app, replicas, cpu, Map.of(BEHAVIOUR, how), nodeSelector, maxUnavailable, node, tolerates);
    }

    void createAt(KubernetesClient client) {
        if (maxUnavailable != null) {
            client.resource(new PodDisruptionBudgetBuilder()
                            .withMetadata(metadata())
                            .withNewSpec()
                            .withMaxUnavailable(new IntOrString(maxUnavailable))
                            .withSelector(selector())
                            .endSpec()
                            .build())
                    .create();
        }
        HasMetadata object = switch (kind) {
            case "Deployment" ->
                new DeploymentBuilder()
                        .withMetadata(metadata())
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withSelector(selector())
                        .withTemplate(template("Always"))
                        .endSpec()
                        .build();
            case "StatefulSet" ->
                new StatefulSetBuilder()
                        .withMetadata(metadata())
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withServiceName(app)
                        .withSelector(selector())
                        .withTemplate(template("Always"))
                        .endSpec()
                        .build();
            case "DaemonSet" ->
                new DaemonSetBuilder()
                        .withMetadata(metadata())
                        .withNewSpec()
                        .withSelector(selector())
                        .withTemplate(template("Always"))
                        .endSpec()
                        .build();
            case "Job" ->
                new JobBuilder()
                        .withMetadata(metadata())
                        .withNewSpec()
                        .withTemplate(template("Never"))
                        .endSpec()
                        .build();
            default -> pod();
        };
        client.resource(object).create();
    }

    private Pod pod() {
        var pod = new Pod();
        pod.setMetadata(metadata());
        pod.setSpec(spec("Always").edit().withNodeName(node).build());
        return pod;
    }

    private ObjectMeta metadata() {
        return new ObjectMetaBuilder()
                .withNamespace(MovedWorld.NAMESPACE)
                .withName(app)
                .withLabels(Map.of("app", app))
                .build();
    }

    private LabelSelector selector() {
        return new LabelSelectorBuilder().withMatchLabels(Map.of("app", app)).build();
    }

    private PodTemplateSpec template(String restartPolicy) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", app))
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(spec(restartPolicy))
                .build();
    }

    private PodSpec spec(String restartPolicy) {
        return new PodSpecBuilder()
                .withRestartPolicy(restartPolicy)
                .withNodeSelector(nodeSelector)
                .withTolerations(
                        tolerates
                                ? List.of(new TolerationBuilder()
                                        .withOperator("Exists")
                                        .build())
                                : List.of())
                .addNewContainer()
                .withName("main")
                .withImage("main")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .endContainer()
                .build();
    }
}
