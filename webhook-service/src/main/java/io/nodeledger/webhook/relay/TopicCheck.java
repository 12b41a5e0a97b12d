package io.nodeledger.webhook.relay;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.TopicReader;
import io.nodeledger.webhook.kafka.Topics;
import io.nodeledger.webhook.relay.LifecycleLog.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares the ids of what happened with those on the topic, each once, some while after the relay said that it had told them
 * (invariant I5). What the topic lacks is told to the log, counted, and kept in {@code webhook.missing_event}.
 */
public final class TopicCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
    private static final String SCHEMA = "webhook";
    private static final int PART = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final LifecycleLog log;
    private final Positions positions;
    private final Supplier<KafkaSettings> settings;

    TopicCheck(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Positions positions,
            Supplier<KafkaSettings> settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.log = new LifecycleLog(jdbc);
        this.positions = positions;
        this.settings = settings;
    }

    /** Compares whatever was told since the last look. */
    public void look() {
        long checked = checked();
        for (var end = log.endAfter(checked, PART); end.isPresent(); end = log.endAfter(checked, PART)) {
            // Only what is told is settled: what is read before lacks what commits late at a place in between.
            if (!positions.await(RelayConfiguration.LIFECYCLE, TokenStores.table(SCHEMA), end.getAsLong(), PATIENCE)) {
                return;
            }
            compare(log.between(checked, end.getAsLong()));
            checked = checked();
        }
    }

    /** How many events the topic has been found to lack. */
    public int missing() {
        return jdbc.sql("select count(*) from webhook.missing_event")
                .query(Integer.class)
                .single();
    }

    private long checked() {
        return jdbc.sql("select position from webhook.topic_check")
                .query(Long.class)
                .single();
    }

    private void compare(Part part) {
        Map<String, Long> lacking = new HashMap<>(part.leaving());
        if (!lacking.isEmpty()) {
            strike(lacking, part.since());
        }
        if (!lacking.isEmpty()) {
            LOG.error(
                    "The topic {} lacks {} events that it was told, for example {}",
                    Topics.LIFECYCLE,
                    lacking.size(),
                    lacking.keySet().iterator().next());
        }
        transactions.executeWithoutResult(_ -> {
            lacking.forEach((id, position) -> jdbc.sql(
                            "insert into webhook.missing_event (event_id, position) values (?, ?) on conflict do nothing")
                    .params(id, position)
                    .update());
            jdbc.sql("update webhook.topic_check set position = greatest(position, ?)")
                    .param(part.end())
                    .update();
        });
    }

    /** Takes away what the topic has. */
    private void strike(Map<String, Long> lacking, Instant since) {
        try (var topic = TopicReader.open(settings.get(), Topics.LIFECYCLE, new ByteArrayDeserializer(), since)) {
            while (!lacking.isEmpty() && !topic.atEnd()) {
                topic.next().forEach(record -> lacking.remove(idOf(record)));
            }
        }
    }

    private static String idOf(ConsumerRecord<String, byte[]> record) {
        var id = record.headers().lastHeader("ce_id");
        return id == null ? "" : new String(id.value(), StandardCharsets.UTF_8);
    }
}
