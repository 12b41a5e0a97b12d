package io.nodeledger.standalone.acceptance;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.databind.json.JsonMapper;

/** What a region's providers really hold, asked directly and not through the product's own clients. */
final class Providers implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final RuntimeFile.Region region;
    private final KubernetesClient kubernetes;
    private final HttpClient proxmox;

    Providers(RuntimeFile runtime, String id) throws GeneralSecurityException {
        region = runtime.regions().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(region.kubeconfig()).toFile()))
                .build();
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Pinned(String.valueOf(region.proxmoxFingerprint()))}, null);
        proxmox = HttpClient.newBuilder().sslContext(tls).build();
    }

    /** Names of the machines that carry the node's tag. */
    List<String> machinesOf(String nodeId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(region.proxmoxUrl() + "/api2/json/cluster/resources?type=vm"))
                .header("Authorization", "PVEAPIToken=" + region.proxmoxToken())
                .build();
        var answer = proxmox.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer)
                .path("data")
                .valueStream()
                .filter(machine -> Arrays.asList(
                                machine.path("tags").asString("").split(";"))
                        .contains(nodeId))
                .map(machine -> machine.path("name").asString())
                .toList();
    }

    /** Names of the Kubernetes nodes that carry the node's label. */
    List<String> kubernetesNodesOf(String nodeId) {
        return kubernetes.nodes().withLabel("nodeledger.io/node-id", nodeId).list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    @Override
    public void close() {
        kubernetes.close();
        proxmox.close();
    }

    /** Extended, because the JDK would check host names around a plain one. */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final String fingerprint;

        Pinned(String fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                String seen = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
                if (!seen.equals(fingerprint.toUpperCase(Locale.ROOT))) {
                    throw new CertificateException("another certificate: " + seen);
                }
            } catch (NoSuchAlgorithmException impossible) {
                throw new CertificateException(impossible);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a server doesn't ask");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
