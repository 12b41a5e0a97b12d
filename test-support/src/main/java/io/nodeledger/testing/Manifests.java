package io.nodeledger.testing;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** What a tenant would apply to its cluster. An app's pods carry the label {@link #APP} with its name. */
public final class Manifests {
    /** The label that names a pod's app. */
    public static final String APP = "app";

    private Manifests() {}

    /** Pods of one small container that end within a second. */
    public static PodTemplateSpec pod(String app, String cpu, Map<String, String> moreLabels) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels(moreLabels)
                .addToLabels(APP, app)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage("app")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    public static Deployment deployment(String namespace, String app, int replicas, PodTemplateSpec pod) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(app)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels(APP, app)
                .endSelector()
                .withTemplate(pod)
                .endSpec()
                .build();
    }

    public static StatefulSet statefulSet(String namespace, String app, int replicas, PodTemplateSpec pod) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(app)
                .endMetadata()
                .withNewSpec()
                .withServiceName(app)
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels(APP, app)
                .endSelector()
                .withTemplate(pod)
                .endSpec()
                .build();
    }

    public static DaemonSet daemonSet(String namespace, String app, PodTemplateSpec pod) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(app)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels(APP, app)
                .endSelector()
                .withTemplate(pod)
                .endSpec()
                .build();
    }

    /** Keeps so many of an app's pods. */
    public static PodDisruptionBudget keeping(String namespace, String app, int minAvailable) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("keep-" + app)
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(new IntOrString(minAvailable))
                .withNewSelector()
                .addToMatchLabels(APP, app)
                .endSelector()
                .endSpec()
                .build();
    }
}
