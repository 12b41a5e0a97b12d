package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankMessages.Withdraw;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.bank.Statements;
import io.nodeledger.base.messaging.Outages;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Instances of two versions on one log, as in an upgrade without downtime. The newer one writes what the older does not know. */
class TwoVersionsTest {
    private static final String DEPOSITED = "io.nodeledger.base.bank.BankMessages$Deposited";
    private static final String TYPE_OF_TOMORROW = "io.nodeledger.base.bank.BankMessages$MoneyFound";

    private final TestDatabase database = PostgresServer.newDatabase();

    @Test
    void aFieldThatANewerVersionAddedIsPassedOver() {
        try (var old = BankService.on(database)) {
            old.send(new OpenAccount("acc-1"));

            written("acc-1", 1, DEPOSITED, "1", "{\"account\":\"acc-1\",\"amount\":5,\"branch\":\"b\"}");

            assertThat(old.ask(new Withdraw("acc-1", BigDecimal.valueOf(5)))).isTrue();
        }
    }

    @Test
    void onAStreamWithANewerRevisionAnOldInstanceDecidesNothingAndANewOneGoesOn() {
        try (var old = BankService.on(database)) {
            old.send(new OpenAccount("acc-1"));
            written("acc-1", 1, DEPOSITED, "2", "{\"account\":\"acc-1\",\"cents\":500}");

            assertThatThrownBy(() -> old.ask(new Withdraw("acc-1", BigDecimal.ONE)))
                    .isInstanceOf(NewerEvent.class)
                    .matches(Outages::explain);

            try (var newer = BankService.on(database, List.of(Newer.class))) {
                assertThat(newer.ask(new Withdraw("acc-1", BigDecimal.valueOf(5))))
                        .isTrue();
            }
        }
    }

    @Test
    void atATypeThatItDoesNotKnowAnOldReaderStopsAndANewOneTakesOver() {
        try (var old = BankService.on(database)) {
            old.send(new OpenAccount("acc-1"));
            old.deposit("acc-1", "1");
            await().until(() -> seenBy(old) == 1);

            written("acc-1", 2, TYPE_OF_TOMORROW, "1", "{\"account\":\"acc-1\",\"amount\":7}");
            written("acc-1", 3, DEPOSITED, "1", "{\"account\":\"acc-1\",\"amount\":8}");

            try (var newer = BankService.on(database, List.of(Newer.class))) {
                await().until(() -> seenBy(newer) == 2);
                assertThat(newer.bean(Statements.class).seen())
                        .extracting(seen -> seen.message().getPayload().toString())
                        .containsExactly("Deposited[account=acc-1, amount=7]", "Deposited[account=acc-1, amount=8]");
            }
            assertThat(seenBy(old)).isEqualTo(1);
        }
    }

    private static int seenBy(BankService service) {
        return service.bean(Statements.class).seen().size();
    }

    private void written(String stream, long sequence, String type, String revision, String payload) {
        JdbcClient.create(database.dataSource())
                .sql("""
                        INSERT INTO eventstore.domain_event (aggregate_identifier, sequence_number, type, event_identifier,
                          time_stamp, payload_type, payload_revision, payload, meta_data)
                        VALUES (?, ?, 'Account', ?, '2026-01-01T00:00:00Z', ?, ?, ?, ?)""")
                .params(
                        stream,
                        sequence,
                        stream + "-" + sequence,
                        type,
                        revision,
                        payload.getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8))
                .update();
    }

    /** What the newer version knows, told in the classes of this one. */
    @Configuration(proxyBeanMethods = false)
    static class Newer {
        @Bean
        EventUpcaster cents() {
            return to(DEPOSITED, "2", event -> {
                var amount = BigDecimal.valueOf(event.path("cents").asLong(), 2);
                return ((ObjectNode) event).without("cents").put("amount", amount);
            });
        }

        @Bean
        EventUpcaster found() {
            return to(TYPE_OF_TOMORROW, "1", event -> event);
        }

        private static EventUpcaster to(String type, String revision, Function<JsonNode, JsonNode> change) {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    return event.getType().equals(new SimpleSerializedType(type, revision));
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    return event.upcastPayload(new SimpleSerializedType(DEPOSITED, "1"), JsonNode.class, change);
                }
            };
        }
    }
}
