package io.nodeledger.standalone.kafka;

import io.nodeledger.simulators.kubernetes.tls.ClusterCertificates;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

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

    /** Makes the user, who may do what the settings' page asks for. */
    void admit(String bootstrapServers) throws Exception {
        admit(bootstrapServers, PASSWORD);
    }

    /** The same with another password, or a change of it. */
    void admit(String bootstrapServers, String password) throws Exception {
        try (var admin = Admin.create(root(bootstrapServers))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
            admin.createAcls(rights().toList()).all().get();
        }
    }

    /** A client that may do everything. */
    Map<String, Object> root(String bootstrapServers) {
        return new KafkaSettings(
                        bootstrapServers,
                        1,
                        (short) -1,
                        Map.of(
                                "security.protocol", "SASL_SSL",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", ITSELF + ";",
                                "ssl.truststore.type", "PEM",
                                "ssl.truststore.location", authority()))
                .clientProperties();
    }

    /** What an operator writes. */
    Map<String, String> client(String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority());
    }

    Map<String, String> client() {
        return client(PASSWORD);
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

    private static Stream<AclBinding> rights() {
        var topics = Stream.of(Topics.LIFECYCLE, Topics.STATE)
                .flatMap(topic -> Stream.of(
                                AclOperation.CREATE,
                                AclOperation.WRITE,
                                AclOperation.DESCRIBE,
                                AclOperation.DESCRIBE_CONFIGS,
                                AclOperation.ALTER_CONFIGS)
                        .map(operation -> right(ResourceType.TOPIC, topic, PatternType.LITERAL, operation)));
        var others = Stream.of(
                right(ResourceType.TOPIC, Topics.LIFECYCLE, PatternType.LITERAL, AclOperation.READ),
                right(ResourceType.TRANSACTIONAL_ID, "nodeledger-state-", PatternType.PREFIXED, AclOperation.WRITE),
                right(ResourceType.GROUP, "nodeledger-webhooks", PatternType.LITERAL, AclOperation.READ));
        return Stream.concat(topics, others);
    }

    private static AclBinding right(ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW));
    }
}
