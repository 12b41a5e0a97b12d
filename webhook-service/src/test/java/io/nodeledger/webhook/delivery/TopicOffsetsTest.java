package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TopicOffsetsTest {
    private static final Uuid TOPIC = Uuid.randomUuid();

    private TopicOffsets offsets;

    @BeforeEach
    void migrate() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("webhook")
                .defaultSchema("webhook")
                .locations("classpath:db/webhook")
                .load()
                .migrate();
        offsets = new TopicOffsets(JdbcClient.create(database.dataSource()));
    }

    @Test
    void whatWasReadIsKeptForEachPartition() {
        offsets.put(TOPIC, Map.of(0, 7L, 1, 3L));
        offsets.put(TOPIC, Map.of(0, 9L));

        assertThat(offsets.of(TOPIC)).isEqualTo(Map.of(0, 9L, 1, 3L));
    }

    @Test
    void whoIsBehindPutsNothingBack() {
        offsets.put(TOPIC, Map.of(0, 9L));

        offsets.put(TOPIC, Map.of(0, 5L, 1, 2L));

        assertThat(offsets.of(TOPIC)).isEqualTo(Map.of(0, 9L, 1, 2L));
    }

    @Test
    void aTopicThatWasMadeAnewIsAnotherOne() {
        offsets.put(TOPIC, Map.of(0, 9L));

        assertThat(offsets.of(Uuid.randomUuid())).isEmpty();
    }

    @Test
    void whereWhatWasNextIsGoneItBeginsAnew() {
        offsets.put(TOPIC, Map.of(0, 9L));

        offsets.beginAnew(TOPIC, 0, 2);

        assertThat(offsets.of(TOPIC)).isEqualTo(Map.of(0, 2L));
    }
}
