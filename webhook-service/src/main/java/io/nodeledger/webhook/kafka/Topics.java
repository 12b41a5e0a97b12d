package io.nodeledger.webhook.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics, made when they are first needed (source: architecture, "Out"). */
public final class Topics {
    /** Every lifecycle event, by node, kept for good. */
    public static final String LIFECYCLE = "node.lifecycle.v1";

    /** Each node as it is, by node; gone with the node. */
    public static final String STATE = "node.state.v1";

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private final Supplier<KafkaSettings> settings;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Set<String> unkept = ConcurrentHashMap.newKeySet();

    /** @param settings as they are now, since passwords change */
    public Topics(Supplier<KafkaSettings> settings) {
        this.settings = settings;
    }

    /**
     * Makes what is not there yet, and sees to it that the cluster keeps what is there: a topic that others made forgets after a
     * week. Costs one call when all was found well before.
     *
     * @throws KafkaException when the cluster does not answer or makes no topics
     */
    public void ensure() {
        try (var admin = new BoundedAdmin(settings.get())) {
            Set<String> present = admin.ask(it -> it.listTopics().names());
            for (TopicTerms topic : TopicTerms.ALL) {
                if (!present.contains(topic.name())) {
                    kept.remove(topic.name());
                    make(admin, topic);
                }
                if (!kept.contains(topic.name())) {
                    keep(admin, topic);
                }
            }
        } catch (KafkaException failure) {
            throw new KafkaException("The topics can't be made", failure);
        }
    }

    /**
     * Which topic it is: one that was made anew under the same name has another id.
     *
     * @throws KafkaException when the cluster does not answer, or has no such topic
     */
    public Uuid idOf(String name) {
        try (var admin = new BoundedAdmin(settings.get())) {
            return admin.ask(it ->
                            it.describeTopics(List.of(name)).topicNameValues().get(name))
                    .topicId();
        }
    }

    /** How many topics may forget what they are told, because the cluster refused to let their terms be changed. */
    public int unkept() {
        return unkept.size();
    }

    private void make(BoundedAdmin admin, TopicTerms topic) {
        try {
            var _ = admin.ask(
                    it -> it.createTopics(List.of(topic.made(settings.get()))).all());
            kept.add(topic.name());
            unkept.remove(topic.name());
        } catch (TopicExistsException meanwhile) {
            LOG.debug("{} was made by others meanwhile", topic.name());
        }
    }

    private void keep(BoundedAdmin admin, TopicTerms topic) {
        try {
            Config found = admin.ask(
                    it -> it.describeConfigs(List.of(topic.resource())).values().get(topic.resource()));
            List<AlterConfigOp> mending = topic.mending(found);
            if (!mending.isEmpty()) {
                var _ = admin.ask(it -> it.incrementalAlterConfigs(Map.of(topic.resource(), mending))
                        .all());
                LOG.warn(
                        "The topic {} had {}, and has {} now; what it forgot until now is gone",
                        topic.name(),
                        topic.told(found, mending),
                        topic.terms());
            }
            kept.add(topic.name());
            unkept.remove(topic.name());
        } catch (ApiException refusal) {
            if (refusal instanceof RetriableException) {
                throw refusal;
            }
            if (unkept.add(topic.name())) {
                LOG.error(
                        "Whether the topic {} has {} can't be seen to, so it may forget what it is told: {}",
                        topic.name(),
                        topic.terms(),
                        refusal.toString());
            }
        }
    }
}
