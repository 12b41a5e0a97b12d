package io.nodeledger.simulators.kubernetes.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The administrator's bearer token and the kubeconfig file that carries it; both readable by their owner only. */
public record AdminCredentials(String token) {

    public static AdminCredentials in(Path folder) throws IOException {
        Path file = folder.resolve("admin.token");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            writePrivately(file, HexFormat.of().formatHex(random));
        }
        return new AdminCredentials(Files.readString(file).strip());
    }

    /** Writes {@code admin.kubeconfig} and answers its path. */
    public Path writeKubeconfig(Path folder, String cluster, String url, String caPem) throws IOException {
        Path file = folder.resolve("admin.kubeconfig");
        writePrivately(
                file, """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                users:
                - name: %1$s-admin
                  user:
                    token: %4$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s-admin
                    namespace: default
                current-context: %1$s
                """.formatted(cluster, url, Base64.getEncoder().encodeToString(caPem.getBytes(UTF_8)), token));
        return file;
    }

    private static void writePrivately(Path file, String content) throws IOException {
        if (!Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, content);
    }
}
