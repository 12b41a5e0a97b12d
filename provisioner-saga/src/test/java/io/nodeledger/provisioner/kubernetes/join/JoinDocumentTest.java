package io.nodeledger.provisioner.kubernetes.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nodeledger.events.node.Taint;
import io.nodeledger.provisioner.kubernetes.ANode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinDocumentTest {
    private final ANode node = ANode.inRegion("us-west-2").tainted("dedicated", "db", "NoSchedule");
    private final BootstrapToken token =
            BootstrapToken.random(new SecureRandom(), Instant.parse("2026-01-01T01:00:00.123Z"));
    private final ClusterTrust trust = new ClusterTrust("127.0.0.1:6443", List.of("sha256:abc"));

    @Test
    void theMachineIsToldHowToJoinAsThisNode() {
        var userData = JoinDocument.render(node.provisioning(), trust, token);

        assertThat(userData).startsWith("#cloud-config\n");
        var cloud = Serialization.unmarshal(userData, CloudConfig.class);
        assertThat(cloud.hostname()).isEqualTo(node.id());
        assertThat(cloud.fqdn()).isEqualTo(node.id() + ".internal");
        assertThat(cloud.runcmd()).containsExactly(List.of("kubeadm", "join", "--config", "/etc/kubernetes/join.yaml"));
        var file = cloud.files().getFirst();
        assertThat(file.permissions()).isEqualTo("0600");
        var join = Serialization.unmarshal(file.content(), Join.class);
        assertThat(join.apiVersion()).isEqualTo("kubeadm.k8s.io/v1beta4");
        assertThat(join.discovery().bootstrapToken())
                .isEqualTo(new Bootstrap("127.0.0.1:6443", token.text(), List.of("sha256:abc")));
        assertThat(join.nodeRegistration().name()).isEqualTo(node.id() + "-k8s");
        assertThat(join.nodeRegistration().taints()).containsExactly(new Taint("dedicated", "db", "NoSchedule"));
        assertThat(join.nodeRegistration().kubeletExtraArgs())
                .containsExactly(
                        new Argument(
                                "node-labels",
                                "tier=gold,node-type=dedicated,workspace=ws-demo,nodeledger.io/node-id=" + node.id()),
                        new Argument("provider-id", "proxmox://us-west-2/104"));
    }

    @Test
    void aTokenIsReadBackFromItsSecret() {
        assertThat(BootstrapToken.from(token.asSecret(node.id()))).hasValue(token);
        assertThat(token.text()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
    }

    @Test
    void aTokenNeverShowsItsSecretHalf() {
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record CloudConfig(
            String hostname,
            String fqdn,
            @JsonProperty("write_files") List<File> files,
            List<List<String>> runcmd) {}

    record File(String path, String owner, String permissions, String content) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Join(String apiVersion, Discovery discovery, Registration nodeRegistration) {}

    record Discovery(Bootstrap bootstrapToken) {}

    record Bootstrap(String apiServerEndpoint, String token, List<String> caCertHashes) {}

    record Registration(String name, List<Taint> taints, List<Argument> kubeletExtraArgs) {}

    record Argument(String name, String value) {}
}
