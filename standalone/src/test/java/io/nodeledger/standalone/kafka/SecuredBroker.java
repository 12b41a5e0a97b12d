package io.nodeledger.standalone.kafka;

import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.nodeledger.webhook.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker as operators run it: over TLS, with a certificate that its own authority has signed, and a user that may do what
 * {@code docs/settings.md} asks for and nothing else.
 *
 * @param home folder of the certificates
 */
record SecuredBroker(Path home, ClusterCertificates certificates) {
    private static final String USER = "nodeledger";
    private static final String PASSWORD = "of-nodeledger";

    /** The broker speaks to itself, as those of a cluster do to each other. */
    private static final String ITSELF = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"broker\" password=\"its-own\"";

    static SecuredBroker in(Path home) throws Exception {
        return new SecuredBroker(home, ClusterCertificates.in(home));
    }

    /** The broker's properties. Its listener keeps its name, which here says nothing about what is spoken there. */
    Map<String, String> properties() {
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT"),
                // Without it the broker would speak to itself in plain text, and verify no transaction.
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry("listener.name.plaintext.plain.sasl.jaas.config", ITSELF + " user_broker=\"its-own\";"),
                Map.entry(
                        "listener.name.plaintext.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("ssl.keystore.type", "PEM"),
                Map.entry("ssl.keystore.certificate.chain", certificates.serverPem()),
                Map.entry("ssl.keystore.key", certificates.serverKeyPem()),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.certificates", certificates.caPem()),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:broker;User:ANONYMOUS"));
    }

    /** Makes the topics, and the user, who may do what {@code deploy/kafka} says. */
    void admit(String bootstrapServers) throws Exception {
        let(USER, PASSWORD, bootstrapServers);
        var tools = KafkaTools.in(home);
        Path root = root();
        tools.run("topics.sh", bootstrapServers, "4", "1", root.toString());
        tools.run("acls.sh", bootstrapServers, "User:" + USER, root.toString());
    }

    /** Makes a user who reads what happens. */
    void admitReader(String bootstrapServers, String user, String group) throws Exception {
        let(user, PASSWORD, bootstrapServers);
        KafkaTools.in(home).run("acls.sh", "--reader", bootstrapServers, "User:" + user, group, root().toString());
    }

    /** Gives the user another password. */
    void changePassword(String bootstrapServers, String password) throws Exception {
        let(USER, password, bootstrapServers);
    }

    private void let(String user, String password, String bootstrapServers) throws Exception {
        try (var admin = Admin.create(root(bootstrapServers))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
    }

    /** The file that names a client who may do everything. */
    private Path root() throws IOException {
        var client = new Properties();
        client.putAll(rootClient());
        Path file = home.resolve("admin.properties");
        try (var written = Files.newBufferedWriter(file)) {
            client.store(written, null);
        }
        return file;
    }

    /** A client that may do everything. */
    Map<String, Object> root(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, 1, (short) -1, rootClient()).clientProperties();
    }

    private Map<String, String> rootClient() {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", ITSELF + ";",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", authority());
    }

    /** What an operator writes. */
    Map<String, String> client(String password) {
        return client(USER, password);
    }

    Map<String, String> client() {
        return client(PASSWORD);
    }

    /** What somebody writes who reads what happens. */
    Map<String, String> reader(String user) {
        return client(user, PASSWORD);
    }

    private Map<String, String> client(String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority());
    }

    /** The same as arguments of an instance. */
    static String[] settings(Map<String, String> client) {
        return client.entrySet().stream()
                .map(property -> "--nodeledger.kafka.client." + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    private String authority() {
        return home.resolve("ca.crt").toString();
    }
}
