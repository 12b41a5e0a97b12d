package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For how long a real broker keeps what the topics are told, whoever made them. */
class TopicTermsTest {
    private static final Map<String, String> FOR_GOOD =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
    private static final Map<String, String> AS_THEY_ARE =
            Map.of("cleanup.policy", "compact", "retention.ms", "-1", "retention.bytes", "-1");
    private static final Map<String, String> OTHERS =
            Map.of("cleanup.policy", "delete", "retention.ms", "604800000", "retention.bytes", "1000000");

    @TempDir
    private Path home;

    private EmbeddedKafka kafka;
    private Admin admin;
    private Topics topics;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(
                home,
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found",
                        "true"));
        var client = new Properties();
        client.put("bootstrap.servers", kafka.bootstrapServers());
        admin = Admin.create(client);
        topics = topics();
    }

    @AfterEach
    void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void topicsThatAreMadeKeepEverything() throws Exception {
        topics.ensure();

        hasSoon(Topics.LIFECYCLE, FOR_GOOD);
        hasSoon(Topics.STATE, AS_THEY_ARE);
    }

    @Test
    void topicsThatOthersMadeKeepEverythingFromThenOn() throws Exception {
        make(Topics.LIFECYCLE);
        make(Topics.STATE);

        topics.ensure();

        hasSoon(Topics.LIFECYCLE, FOR_GOOD);
        hasSoon(Topics.STATE, AS_THEY_ARE);
        assertThat(topics.unkept()).isZero();
    }

    @Test
    void aTopicThatWasFoundWellIsLookedAtAgainByTheNextProcess() throws Exception {
        topics.ensure();
        set("retention.ms", "1000000");

        topics.ensure();
        assertThat(terms(Topics.LIFECYCLE)).containsEntry("retention.ms", "1000000");

        topics().ensure();
        hasSoon(Topics.LIFECYCLE, FOR_GOOD);
    }

    @Test
    void whereTheTermsMayNotBeChangedTheRestGoesOn() throws Exception {
        make(Topics.LIFECYCLE);
        letNobodyChangeTerms();

        topics.ensure();
        topics.ensure();

        assertThat(topics.unkept()).isEqualTo(1);
        assertThat(terms(Topics.LIFECYCLE)).isEqualTo(OTHERS);
        hasSoon(Topics.STATE, AS_THEY_ARE);
    }

    private void hasSoon(String topic, Map<String, String> terms) {
        // A broker that has not learnt of a topic yet refuses to tell its terms.
        await().ignoreExceptions().untilAsserted(() -> assertThat(terms(topic)).isEqualTo(terms));
    }

    private Topics topics() {
        return new Topics(() -> new KafkaSettings(kafka.bootstrapServers(), 3, (short) -1, Map.of()));
    }

    private void make(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty()).configs(OTHERS)))
                .all()
                .get();
    }

    private void set(String term, String value) throws Exception {
        var change = new AlterConfigOp(new ConfigEntry(term, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(Topics.LIFECYCLE), List.of(change)))
                .all()
                .get();
        // The broker learns of it a moment after the controller.
        await().until(() -> value.equals(terms(Topics.LIFECYCLE).get(term)));
    }

    private void letNobodyChangeTerms() throws Exception {
        admin.createAcls(List.of(
                        acl(AclOperation.ALL, AclPermissionType.ALLOW),
                        acl(AclOperation.ALTER_CONFIGS, AclPermissionType.DENY)))
                .all()
                .get();
    }

    private static AclBinding acl(AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, Topics.LIFECYCLE, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }

    private Map<String, String> terms(String topic) throws Exception {
        var found = Objects.requireNonNull(
                admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic)));
        return FOR_GOOD.keySet().stream()
                .collect(Collectors.toMap(
                        term -> term,
                        term -> Objects.requireNonNull(found.get(term)).value()));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
