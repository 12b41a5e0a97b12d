package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** What the services are given in Kubernetes, and what they are not. */
class KubernetesTest {
    private static final String[] SERVICES =
            Stream.of(Service.values()).map(Service::module).toArray(String[]::new);

    @Test
    void everyServiceIsDeployed() throws IOException {
        assertThat(names("Deployment")).containsExactlyInAnyOrder(SERVICES);
    }

    @Test
    void everyDeploymentMayLoseOneInstanceAtATimeAndGrows() throws IOException {
        assertThat(names("PodDisruptionBudget")).containsExactlyInAnyOrder(SERVICES);
        for (JsonNode budget : DeployFolder.objects("PodDisruptionBudget")) {
            assertThat(budget.at("/spec/maxUnavailable").asInt(0)).isEqualTo(1);
            assertThat(budget.at("/spec/selector/matchLabels")
                            .path("app.kubernetes.io/name")
                            .asString(""))
                    .isEqualTo(name(budget));
        }
        assertThat(DeployFolder.objects("HorizontalPodAutoscaler"))
                .extracting(scaler -> scaler.at("/spec/scaleTargetRef/name").asString(""))
                .containsExactlyInAnyOrder(SERVICES);
        for (JsonNode deployment : DeployFolder.objects("Deployment")) {
            assertThat(deployment.at("/spec/replicas").isMissingNode()).isTrue();
        }
    }

    @Test
    void everyContainerIsRestricted() throws IOException {
        for (JsonNode pod : pods()) {
            containers(pod).forEach(container -> Restriction.check(pod, container));
        }
    }

    @Test
    void everyContainerHasResources() throws IOException {
        for (JsonNode pod : pods()) {
            for (JsonNode container : containers(pod)) {
                var resources = container.path("resources");
                assertThat(resources.at("/requests/cpu").asString("")).isNotBlank();
                assertThat(resources.at("/requests/memory").asString("")).isNotBlank();
                assertThat(resources.at("/limits/memory").asString(""))
                        .isEqualTo(resources.at("/requests/memory").asString(""));
            }
        }
    }

    @Test
    void noPodHasATokenOfItsCluster() throws IOException {
        for (JsonNode account : DeployFolder.objects("ServiceAccount")) {
            assertThat(account.path("automountServiceAccountToken").asBoolean(true))
                    .as(name(account))
                    .isFalse();
        }
        for (JsonNode pod : pods()) {
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(names("ServiceAccount"))
                    .contains(pod.path("serviceAccountName").asString(""));
        }
    }

    @Test
    void probesAskNobodyElse() throws IOException {
        for (JsonNode deployment : DeployFolder.objects("Deployment")) {
            for (JsonNode container : containers(deployment.at("/spec/template/spec"))) {
                assertThat(container.at("/startupProbe/httpGet/path").asString(""))
                        .isEqualTo("/actuator/health/liveness");
                assertThat(container.at("/livenessProbe/httpGet/path").asString(""))
                        .isEqualTo("/actuator/health/liveness");
                assertThat(container.at("/readinessProbe/httpGet/path").asString(""))
                        .isEqualTo("/actuator/health/readiness");
            }
        }
    }

    @Test
    void anInstanceHasTheTimeToEndWhatItHasBegun() throws IOException {
        var settings =
                DeployFolder.properties(DeployFolder.DEPLOY.resolve("kubernetes/settings/application.properties"));
        Duration drain = duration(settings.getProperty("nodeledger.process.drain-delay", ""));
        Duration phase = duration(settings.getProperty("spring.lifecycle.timeout-per-shutdown-phase", ""));

        assertThat(drain).isPositive().isLessThan(phase);
        for (JsonNode deployment : DeployFolder.objects("Deployment")) {
            long grace = deployment
                    .at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asInt(30);
            assertThat(Duration.ofSeconds(grace)).as(name(deployment)).isGreaterThan(drain.plus(phase));
        }
    }

    @Test
    void nothingIsAllowedThatIsNotNamed() throws IOException {
        assertThat(DeployFolder.objects("NetworkPolicy")).anySatisfy(policy -> {
            assertThat(policy.at("/spec/podSelector").isEmpty()).isTrue();
            assertThat(policy.at("/spec/policyTypes").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.at("/spec/ingress").isMissingNode()).isTrue();
            assertThat(policy.at("/spec/egress").isMissingNode()).isTrue();
        });
    }

    @Test
    void targetClustersGrantNothingWholesale() throws IOException {
        for (String kind : List.of("ClusterRole", "Role")) {
            for (JsonNode role : DeployFolder.objects(kind)) {
                for (JsonNode rule : role.path("rules")) {
                    for (String part : List.of("apiGroups", "resources", "verbs")) {
                        assertThat(rule.path(part).valueStream().map(JsonNode::asString))
                                .as("%s of %s", part, name(role))
                                .isNotEmpty()
                                .doesNotContain("*");
                    }
                }
            }
        }
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    private static List<String> names(String kind) throws IOException {
        return DeployFolder.objects(kind).stream().map(KubernetesTest::name).toList();
    }

    private static List<JsonNode> pods() throws IOException {
        var found = new ArrayList<JsonNode>();
        for (String kind : List.of("Deployment", "Job")) {
            DeployFolder.objects(kind).forEach(object -> found.add(object.at("/spec/template/spec")));
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static List<JsonNode> containers(JsonNode pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(part -> pod.path(part).valueStream())
                .toList();
    }
}
