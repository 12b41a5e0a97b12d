package io.nodeledger.base.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.bank.BankMessages.Deposited;
import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.bank.Statements;
import io.nodeledger.base.eventstore.SagaStores;
import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.base.wakeup.WakingEventStore;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class WiringTest {

    private static BankService bank;

    @BeforeAll
    static void start() {
        bank = BankService.on(PostgresServer.newDatabase());
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @Test
    void everyPartOfTheInfrastructureIsTheOneThatWasMeant() {
        assertThat(bank.bean(DataSource.class)).isInstanceOf(LazyConnectionDataSourceProxy.class);
        assertThat(bank.bean(PlatformTransactionManager.class)).isInstanceOf(JdbcTransactionManager.class);
        assertThat(bank.bean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        assertThat(bank.bean(ConnectionProvider.class)).isInstanceOf(SpringDataSourceConnectionProvider.class);
        assertThat(bank.bean(PersistenceExceptionResolver.class)).isInstanceOf(SQLStateResolver.class);
        assertThat(bank.bean(EventStorageEngine.class)).isInstanceOf(JdbcEventStorageEngine.class);
        assertThat(bank.bean(EventBus.class)).isInstanceOf(WakingEventStore.class);
        assertThat(bank.bean(CommandBus.class)).isInstanceOf(SimpleCommandBus.class);
        assertThat(bank.context().getBeansOfType(Serializer.class).values())
                .hasSize(3)
                .allMatch(Jackson3Serializer.class::isInstance);
        assertThat(bank.context().getBeansOfType(TokenStore.class)).isEmpty();
        assertThat(bank.bean(TokenStores.class).in("bank")).isInstanceOf(JdbcTokenStore.class);
        assertThat(bank.bean(SagaStores.class).in("bank")).isInstanceOf(JdbcSagaStore.class);
    }

    @Test
    void axonUsesTheSameParts() {
        var axon = bank.bean(Configuration.class);

        assertThat(axon.eventStore()).isSameAs(bank.bean(EventStore.class));
        assertThat(axon.commandBus()).isSameAs(bank.bean(CommandBus.class));
        assertThat(axon.eventSerializer()).isSameAs(bank.context().getBean("eventSerializer"));
        assertThat(axon.serializer()).isSameAs(bank.context().getBean("serializer"));
        assertThat(axon.eventProcessingConfiguration()
                        .eventProcessor("statements", PooledStreamingEventProcessor.class))
                .isPresent();
        assertThat(axon.eventProcessingConfiguration().tokenStore("statements"))
                .isSameAs(bank.bean(TokenStores.class).in("bank"));
        assertThatThrownBy(() -> axon.eventProcessingConfiguration().tokenStore("unheard-of"))
                .hasMessageContaining("no token store");
    }

    @Test
    void aTransactionEndsLongBeforeItsGapWouldBeGivenUp() {
        var limits = bank.sql()
                .sql("SELECT current_setting('transaction_timeout') || ' ' ||"
                        + " current_setting('idle_in_transaction_session_timeout')")
                .query(String.class)
                .single();

        assertThat(limits).isEqualTo("20s 10s");
    }

    @Test
    void peopleReadEventsAsJson() {
        bank.bean(EventBus.class)
                .publish(new GenericEventMessage<>(
                        new Deposited("acc-view", new BigDecimal("1E+3")), Map.of("actor", "ada")));

        var row = bank.sql()
                .sql("SELECT payload::text || metadata::text FROM eventstore.events"
                        + " WHERE payload->>'account' = 'acc-view'")
                .query(String.class)
                .single();

        assertThat(row).isEqualTo("{\"amount\": 1000, \"account\": \"acc-view\"}{\"actor\": \"ada\"}");
    }

    @Test
    void decimalsKeepEveryDigit() {
        var serializer = bank.context().getBean("eventSerializer", Serializer.class);
        var exact = new BigDecimal("12345678901234567890.1234567890123456700");

        var written = serializer.serialize(new Deposited("a", exact), byte[].class);

        assertThat(serializer.<byte[], Deposited>deserialize(written).amount()).isEqualTo(exact);
        assertThat(written.getType().getRevision()).isEqualTo("1");
    }

    @Test
    void tokensAreReadBackAsTheyWere() {
        var serializer = bank.context().getBean("serializer", Serializer.class);
        var reached = GapAwareTrackingToken.newInstance(17, List.of(11L, 13L));
        var replaying = ReplayToken.createReplayToken(reached, GapAwareTrackingToken.newInstance(3, List.of()));

        for (TrackingToken token : List.of(reached, replaying)) {
            var written = serializer.serialize(token, byte[].class);
            assertThat(serializer.<byte[], TrackingToken>deserialize(written)).isEqualTo(token);
        }
    }

    @Test
    void aTokenMayHaveMoreGapsThanAStatementHasParameters() {
        bank.send(new OpenAccount("acc-gaps"));
        var gaps = LongStream.range(1_000_000, 1_070_000).boxed().toList();

        try (var events = bank.bean(EventStorageEngine.class)
                .readEvents(GapAwareTrackingToken.newInstance(2_000_000, gaps), false)) {
            assertThat(events.count()).isZero();
        }
    }

    @Test
    void identifiersAreShortSortedAndUnique() {
        var identifiers = new ArrayList<String>();
        for (var i = 0; i < 1000; i++) {
            identifiers.add(IdentifierFactory.getInstance().generateIdentifier());
        }

        assertThat(identifiers).doesNotHaveDuplicates().allMatch(id -> id.matches("evt-[0-9a-hjkmnp-tv-z]{26}"));
    }

    @Test
    void anEventRemembersWhoCausedIt() {
        bank.send(new OpenAccount("acc-cause"));
        var command = GenericCommandMessage.asCommandMessage(
                        new io.nodeledger.base.bank.BankMessages.Deposit("acc-cause", BigDecimal.TEN))
                .withMetaData(Map.of("actor", "ada", "request_id", "req-1"));

        bank.bean(CommandGateway.class).sendAndWait(command);

        var statements = bank.bean(Statements.class);
        Awaitility.await().until(() -> statements.seen().stream().anyMatch(WiringTest::ofCause));
        var seen = statements.seen().stream()
                .filter(WiringTest::ofCause)
                .findFirst()
                .orElseThrow();
        assertThat(seen.message().getMetaData())
                .containsEntry("actor", "ada")
                .containsEntry("request_id", "req-1")
                .containsEntry(Cause.COMMAND, "Deposit");
        assertThat(new Causation().correlationDataFor(seen.message()))
                .extractingByKey(Cause.CAUSING_EVENT_ID)
                .isEqualTo(seen.message().getIdentifier());
    }

    private static boolean ofCause(Statements.Seen seen) {
        return seen.account().equals("acc-cause");
    }

    @Test
    void commandsAndProcessorsAreMeasured() {
        bank.send(new OpenAccount("acc-measured"));

        var meters = bank.bean(MeterRegistry.class);
        assertThat(meters.get("nodeledger.commands")
                        .tags("command", "OpenAccount", "outcome", "done")
                        .timer()
                        .count())
                .isPositive();
        Awaitility.await()
                .until(() -> meters.get("nodeledger.processor.lag")
                                .tag("processor", "statements")
                                .gauge()
                                .value()
                        == 0);
    }
}
