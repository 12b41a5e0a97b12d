package io.nodeledger.provisioner.kubernetes.join;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a machine needs to find a cluster and to know that it is the right one.
 *
 * @param endpoint host and port of the API server
 * @param caCertHashes {@code sha256:} and the hash of each CA's public key (source: kubeadm, "Token-based discovery
 *     with CA pinning")
 */
public record ClusterTrust(String endpoint, List<String> caCertHashes) {
    private static final int HTTPS = 443;

    /** Reads both from a cluster's kubeconfig. */
    public static ClusterTrust of(Config config) {
        var server = URI.create(config.getMasterUrl());
        int port = server.getPort() < 0 ? HTTPS : server.getPort();
        return new ClusterTrust(server.getHost() + ":" + port, hashes(authority(config)));
    }

    private static byte[] authority(Config config) {
        var inline = config.getCaCertData();
        if (inline != null && !inline.isBlank()) {
            return Base64.getMimeDecoder().decode(inline);
        }
        var file = config.getCaCertFile();
        if (file == null) {
            throw new IllegalArgumentException(
                    "The kubeconfig for %s names no certificate authority; machines need it to join"
                            .formatted(config.getMasterUrl()));
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("Can't read the certificate authority " + file, unreadable);
        }
    }

    private static List<String> hashes(byte[] authority) {
        try {
            var hashes = new ArrayList<String>();
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(authority))) {
                byte[] publicKeyInfo = certificate.getPublicKey().getEncoded();
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKeyInfo);
                hashes.add("sha256:" + HexFormat.of().formatHex(hash));
            }
            return List.copyOf(hashes);
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException("The kubeconfig's certificate authority is no certificate", broken);
        }
    }
}
