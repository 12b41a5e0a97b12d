package io.nodeledger.webhook.kafka;

import io.nodeledger.base.settings.SettingChecks;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kafka cluster.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param partitions of each topic when it is made; a topic keeps the count that it has, for keys would change places
 * @param replicationFactor of each topic when it is made, -1 for the cluster's default
 * @param client further properties of every client, by Kafka's own names: {@code security.protocol}, {@code sasl.mechanism},
 *     {@code sasl.jaas.config}, {@code ssl.truststore.location} and so on
 */
@ConfigurationProperties("nodeledger.kafka")
public record KafkaSettings(
        String bootstrapServers,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") short replicationFactor,
        @DefaultValue Map<String, String> client) {

    private static final SettingChecks CHECKS = new SettingChecks("nodeledger.kafka");

    public KafkaSettings {
        CHECKS.positive("partitions", partitions, "for example 12");
        if (replicationFactor == 0 || replicationFactor < -1) {
            throw new IllegalArgumentException("nodeledger.kafka.replication-factor must be positive, or -1 for the"
                    + " cluster's default, but is " + replicationFactor);
        }
        client = Map.copyOf(client);
    }

    /** Without the properties of clients, which have passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", client " + client.keySet() + "]";
    }

    /** What every client needs to reach the cluster. */
    public Map<String, Object> clientProperties() {
        var properties = new HashMap<String, Object>(client);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }
}
