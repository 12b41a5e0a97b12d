package io.nodeledger.webhook.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether clients can be made of {@code nodeledger.kafka.client.*}: a trust store that can't be read is told when the service
 * starts. Whether the cluster answers, and lets them in, is another matter, for {@link KafkaHealth}.
 */
public final class ClientCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCheck.class);

    /** A client is made, not used: nobody is asked, and no name is looked up. */
    private static final String NOBODY = "127.0.0.1:9";

    private static final Set<String> KNOWN = Stream.of(
                    AdminClientConfig.configNames(), ProducerConfig.configNames(), ConsumerConfig.configNames())
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    private ClientCheck() {}

    /**
     * Makes a client and throws it away.
     *
     * @throws IllegalArgumentException what is wrong with them
     */
    public static void check(KafkaSettings settings) {
        unknown(settings.client()).forEach(key -> LOG.warn("No Kafka client knows nodeledger.kafka.client.{}", key));
        var properties = settings.clientProperties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, NOBODY);
        try {
            Admin.create(properties).close(Duration.ZERO);
        } catch (KafkaException unusable) {
            // Some ask another server to let them in, which may be there later.
            if (!isLogin(unusable)) {
                throw new IllegalArgumentException(
                        "nodeledger.kafka.client.* is of no use to Kafka's clients: " + KafkaFailure.told(unusable),
                        unusable);
            }
        }
    }

    /** Keys that are misspelt, or some plug-in's own. */
    static Set<String> unknown(Map<String, String> client) {
        var unknown = new TreeSet<>(client.keySet());
        unknown.removeAll(KNOWN);
        return unknown;
    }

    private static boolean isLogin(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof LoginException) {
                return true;
            }
        }
        return false;
    }
}
