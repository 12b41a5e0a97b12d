package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nodeledger.query.QueryServiceApplication;
import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.SigningKey;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The settings that the guide gives to those who want TLS behind the Gateway too. */
class ServedTlsTest {
    private static final String CERTIFICATES = "/etc/nodeledger/tls";

    @TempDir
    private Path home;

    @Test
    void aServiceServesTlsAndTakesANewCertificateWithoutARestart() throws Exception {
        Path tls = Files.createDirectory(home.resolve("tls"));
        var first = ClusterCertificates.in(home.resolve("first"));
        var second = ClusterCertificates.in(home.resolve("second"));
        put(first, tls);
        try (var service = start(tls)) {
            assertThat(statusFor(first, service)).isEqualTo(401);
            assertThatThrownBy(() -> statusFor(second, service)).isInstanceOf(SSLHandshakeException.class);
            assertThat(liveness(service)).isEqualTo(200);

            put(second, tls);

            await().ignoreExceptionsInstanceOf(SSLHandshakeException.class)
                    .until(() -> statusFor(second, service) == 401);
            assertThatThrownBy(() -> statusFor(first, service)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private ConfigurableApplicationContext start(Path tls) throws Exception {
        var folder = new DataFolder(home.resolve("data")).created();
        SigningKey.ensure(folder);
        var arguments = new ArrayList<>(List.of(PostgresServer.newDatabase().asArguments()));
        arguments.addAll(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--nodeledger.jwt.issuer=" + TokenRequest.ISSUER,
                "--nodeledger.jwt.audience=" + TokenRequest.AUDIENCE,
                "--nodeledger.jwt.jwks-url=" + folder.keySet().toUri(),
                "--spring.ssl.bundle.watch.file.quiet-period=100ms",
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false"));
        var guide = settingsOfTheGuide();
        assertThat(guide).isNotEmpty();
        guide.forEach(setting -> arguments.add("--" + setting.replace(CERTIFICATES, tls.toString())));
        var application = new SpringApplication(QueryServiceApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    private static List<String> settingsOfTheGuide() throws IOException {
        return Files.readAllLines(DeployFolder.DOCS.resolve("deployment.md")).stream()
                .filter(line -> line.contains("ssl.") && line.matches("(server|management|spring)\\.[a-z.-]+=.*"))
                .toList();
    }

    private static void put(ClusterCertificates certificates, Path tls) throws IOException {
        Files.writeString(tls.resolve("tls.crt"), certificates.serverPem());
        Files.writeString(tls.resolve("tls.key"), certificates.serverKeyPem());
    }

    /** What a caller is answered who trusts that authority and has no token. */
    private static int statusFor(ClusterCertificates trusted, ConfigurableApplicationContext service) throws Exception {
        try (var client =
                HttpClient.newBuilder().sslContext(trusting(trusted.caPem())).build()) {
            return status(client, "https://localhost:" + port(service, "server") + "/api/v1/workspaces/ws-1/nodes");
        }
    }

    /** Probes ask the management port, which stays as it is. */
    private static int liveness(ConfigurableApplicationContext service) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return status(client, "http://localhost:" + port(service, "management") + "/actuator/health/liveness");
        }
    }

    private static String port(ConfigurableApplicationContext service, String server) {
        return service.getEnvironment().getRequiredProperty("local." + server + ".port");
    }

    private static int status(HttpClient client, String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static SSLContext trusting(String caPem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.UTF_8))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
