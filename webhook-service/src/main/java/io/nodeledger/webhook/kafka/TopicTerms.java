package io.nodeledger.webhook.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * A topic, and by what terms the cluster keeps it. Those that others made, or that made themselves, have the cluster's: a week,
 * and nothing is compacted.
 */
record TopicTerms(String name, Map<String, String> terms) {
    private static final String FOR_GOOD = "-1";

    static final List<TopicTerms> ALL = List.of(
            of(Topics.LIFECYCLE, TopicConfig.CLEANUP_POLICY_DELETE),
            of(Topics.STATE, TopicConfig.CLEANUP_POLICY_COMPACT));

    private static TopicTerms of(String name, String cleanupPolicy) {
        return new TopicTerms(
                name,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        cleanupPolicy,
                        TopicConfig.RETENTION_MS_CONFIG,
                        FOR_GOOD,
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        FOR_GOOD));
    }

    NewTopic made(KafkaSettings settings) {
        var replicas = settings.replicationFactor() == -1
                ? Optional.<Short>empty()
                : Optional.of(settings.replicationFactor());
        return new NewTopic(name, Optional.of(settings.partitions()), replicas).configs(terms);
    }

    ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    /** What has to be set where a topic has other terms. */
    List<AlterConfigOp> mending(Config found) {
        return terms.entrySet().stream()
                .filter(term -> !term.getValue().equals(valueOf(found.get(term.getKey()))))
                .map(term ->
                        new AlterConfigOp(new ConfigEntry(term.getKey(), term.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    /** The terms of a topic that are not its own, for people. */
    String told(Config found, List<AlterConfigOp> mending) {
        return mending.stream()
                .map(each -> each.configEntry().name())
                .map(key -> key + "=" + valueOf(found.get(key)))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String valueOf(@Nullable ConfigEntry entry) {
        return entry == null ? null : entry.value();
    }
}
