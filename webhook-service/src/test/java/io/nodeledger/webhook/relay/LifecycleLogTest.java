package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.eventstore.NewerEvent;
import io.nodeledger.testing.PostgresServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LifecycleLogTest {
    @Test
    void whatOnlyANewerVersionKnowsIsLeftToThat() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("eventstore")
                .defaultSchema("eventstore")
                .locations("classpath:db/eventstore")
                .load()
                .migrate();
        var jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("""
                INSERT INTO eventstore.domain_event (aggregate_identifier, sequence_number, event_identifier, time_stamp,
                  payload_type, payload_revision, payload, meta_data)
                VALUES ('node-1', 0, 'evt-1', '2026-01-01T00:00:00Z', 'io.nodeledger.events.OfTomorrow', '1', '{}', '{}')""").update();

        var log = new LifecycleLog(jdbc);

        assertThatThrownBy(() -> log.between(0, 1))
                .isInstanceOf(NewerEvent.class)
                .hasMessageContaining("OfTomorrow in revision 1");
    }
}
