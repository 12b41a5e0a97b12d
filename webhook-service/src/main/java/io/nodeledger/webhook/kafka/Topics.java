package io.nodeledger.webhook.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics, made when they are first needed (source: architecture, "Out"). */
public final class Topics {
    /** Every lifecycle event, by node, kept for good. */
    public static final String LIFECYCLE = "node.lifecycle.v1";

    /** Each node as it is, by node; gone with the node. */
    public static final String STATE = "node.state.v1";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String FOR_GOOD = "-1";

    private final KafkaSettings settings;

    public Topics(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes what is not there yet. Costs one call when all are.
     *
     * @throws KafkaException when the cluster does not answer or refuses
     */
    public void ensure() {
        try (var admin = Admin.create(settings.clientProperties())) {
            var missing = missing(admin);
            if (!missing.isEmpty()) {
                make(admin, missing);
            }
        } catch (TimeoutException | ExecutionException failure) {
            throw new KafkaException("The topics can't be made: " + failure.getMessage(), failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while topics were made", stopping);
        }
    }

    private List<NewTopic> missing(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        var present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return List.of(
                        topic(LIFECYCLE, Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_GOOD)),
                        topic(STATE, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)))
                .stream()
                .filter(topic -> !present.contains(topic.name()))
                .toList();
    }

    private NewTopic topic(String name, Map<String, String> properties) {
        var replicas = settings.replicationFactor() == -1
                ? Optional.<Short>empty()
                : Optional.of(settings.replicationFactor());
        return new NewTopic(name, Optional.of(settings.partitions()), replicas).configs(properties);
    }

    private static void make(Admin admin, List<NewTopic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var made : admin.createTopics(topics).values().values()) {
            try {
                made.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
    }
}
