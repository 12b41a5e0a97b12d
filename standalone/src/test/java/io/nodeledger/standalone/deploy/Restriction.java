package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** What a container must not be able to do, however it is run. */
final class Restriction {
    private Restriction() {}

    /** Checks a container of a pod. */
    static void check(JsonNode pod, JsonNode container) {
        String name = container.path("name").asString();
        var ofPod = pod.path("securityContext");
        var own = container.path("securityContext");
        assertThat(ofPod.path("runAsNonRoot").asBoolean(false)).as(name).isTrue();
        assertThat(ofPod.path("runAsUser").asInt(0)).as(name).isPositive();
        assertThat(ofPod.path("seccompProfile").path("type").asString(""))
                .as(name)
                .isEqualTo("RuntimeDefault");
        assertThat(own.path("allowPrivilegeEscalation").asBoolean(true))
                .as(name)
                .isFalse();
        assertThat(own.path("readOnlyRootFilesystem").asBoolean(false)).as(name).isTrue();
        assertThat(own.path("capabilities").path("drop").path(0).asString(""))
                .as(name)
                .isEqualTo("ALL");
        assertThat(own.path("capabilities").path("add").isMissingNode())
                .as(name)
                .isTrue();
        assertThat(own.path("privileged").asBoolean(false)).as(name).isFalse();
    }
}
