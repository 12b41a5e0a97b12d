package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.beans.Introspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the cluster is told is made of fields that its API has, each of its type: others are ignored there, or refused. */
class KubernetesSchemaTest {
    /** Of Kustomize, not of the cluster. */
    private static final String INSTRUCTION = "Kustomization";

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void everyFieldIsOneOfTheApi() throws Exception {
        int objects = 0;
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY.resolve("kubernetes"), ".yaml")) {
            for (JsonNode document : DeployFolder.documents(file)) {
                if (document.has("kind") && !document.path("kind").asString().equals(INSTRUCTION)) {
                    assertThat(unknownFields(document.toString()))
                            .as("%s", file)
                            .isEmpty();
                    objects++;
                }
            }
        }
        assertThat(objects).isGreaterThan(20);
    }

    @Test
    void misspelledFieldsAndWrongTypesAreSeen() throws Exception {
        String deployment = """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
                 "spec": {"template": {"spec": {"containers": [{"name": "a", "%s": %s}]}}}}""";

        assertThat(unknownFields(deployment.formatted("image", "\"b\""))).isEmpty();
        assertThat(unknownFields(deployment.formatted("imagee", "\"b\""))).containsExactly("imagee");
        assertThatThrownBy(() -> unknownFields(deployment.formatted("ports", "8080")))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(unknownFields("{\"apiVersion\": \"apps/v2\", \"kind\": \"Deployment\"}"))
                .containsExactly("apps/v2 Deployment");
    }

    private List<String> unknownFields(String document) throws Exception {
        var unknown = new ArrayList<String>();
        collect(serialization.unmarshal(document, KubernetesResource.class), unknown);
        return unknown;
    }

    private static void collect(@Nullable Object value, List<String> unknown) throws Exception {
        switch (value) {
            case GenericKubernetesResource other -> unknown.add(other.getApiVersion() + " " + other.getKind());
            case KubernetesResource resource -> {
                var bean = Introspector.getBeanInfo(resource.getClass(), Object.class);
                for (var property : bean.getPropertyDescriptors()) {
                    var read = property.getReadMethod();
                    var content = read == null ? null : read.invoke(resource);
                    if (property.getName().equals("additionalProperties") && content instanceof Map<?, ?> fields) {
                        fields.keySet().forEach(field -> unknown.add(String.valueOf(field)));
                    } else {
                        collect(content, unknown);
                    }
                }
            }
            case Collection<?> items -> {
                for (Object item : items) {
                    collect(item, unknown);
                }
            }
            case Map<?, ?> entries -> collect(entries.values(), unknown);
            case null, default -> {}
        }
    }
}
