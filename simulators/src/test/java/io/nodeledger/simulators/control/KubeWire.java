package io.nodeledger.simulators.control;

import io.nodeledger.simulators.RawHttp;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A client of the API server that retries nothing. */
final class KubeWire {
    private final RawHttp http;
    private final String authorization;

    KubeWire(KubernetesSimulator simulator) throws IOException, GeneralSecurityException {
        JsonNode kubeconfig = new YAMLMapper().readTree(Files.readString(simulator.kubeconfig()));
        String authority =
                kubeconfig.at("/clusters/0/cluster/certificate-authority-data").asString();
        http = RawHttp.trusting(simulator.url(), Base64.getDecoder().decode(authority));
        authorization =
                "Authorization: Bearer " + kubeconfig.at("/users/0/user/token").asString() + "\r\n";
    }

    RawHttp.Reply get(String path) {
        return http.send("GET", path, authorization, new byte[0]);
    }

    /** An answer that is read line by line, such as a watch's. */
    Socket open(String path) throws IOException {
        return http.open("GET", path, authorization, new byte[0]);
    }

    RawHttp.Reply post(String path, String json) {
        return http.send(
                "POST",
                path,
                authorization + "Content-Type: application/json\r\n",
                json.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp.Reply createConfigMap(String name) {
        return post("/api/v1/namespaces/default/configmaps", "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
    }

    boolean hasConfigMap(String name) {
        return get("/api/v1/namespaces/default/configmaps/" + name).status() == 200;
    }

    /** True or false; anything else when there is no such node. */
    String ready(String node) {
        return get("/api/v1/nodes/" + node)
                .json()
                .at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals("Ready"))
                .map(condition -> condition.path("status").asString())
                .findFirst()
                .orElse("absent");
    }
}
