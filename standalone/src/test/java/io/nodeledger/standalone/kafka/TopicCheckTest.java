package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.TokenStores;
import io.nodeledger.webhook.relay.Relay;
import io.nodeledger.webhook.relay.RelayConfiguration;
import io.nodeledger.webhook.relay.TopicCheck;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TopicCheckTest {
    @Test
    void whatCommitsLateAtAnEarlierPlaceIsComparedToo() throws Exception {
        try (var world = new RelayWorld();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // given a relay that will say of everything that it told it, and tells nothing
            world.startInstance();
            world.append(ToldLives.provisioned("node-told"));
            try (var topic = Topic.lifecycle(world.bootstrapServers())) {
                topic.until(records -> Topic.ids(records).size() == world.appendedEvents());
            }
            world.bean("lifecycleRelay", Relay.class).stop();

            // when an event commits after a look began that has seen the one behind it
            var late = ToldLives.after(0, ToldLives.provisioned("node-late").subList(0, 1));
            var look = transactions(world).execute(_ -> {
                world.bean(EventStore.class).publish(late);
                return lookAfterAnother(world, threads);
            });
            sayThatAllIsTold(world);
            Objects.requireNonNull(look).get(30, TimeUnit.SECONDS);

            // then
            String behind =
                    Objects.requireNonNull(world.appended.get("node-behind")).getFirst();
            assertThat(world.missing()).containsExactly(late.getFirst().getIdentifier(), behind);
        }
    }

    private static Future<?> lookAfterAnother(RelayWorld world, ExecutorService threads) {
        try {
            threads.submit(() ->
                            world.append(ToldLives.provisioned("node-behind").subList(0, 1)))
                    .get(30, TimeUnit.SECONDS);
            var look = threads.submit(world.bean(TopicCheck.class)::look);
            // By then it waits for the relay.
            Thread.sleep(1_000);
            return look;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void sayThatAllIsTold(RelayWorld world) {
        long last = JdbcClient.create(world.database().dataSource())
                .sql("select max(global_index) from eventstore.domain_event")
                .query(Long.class)
                .single();
        var tokens = world.bean(TokenStores.class).in("webhook");
        transactions(world).executeWithoutResult(_ -> {
            for (int segment : tokens.fetchSegments(RelayConfiguration.LIFECYCLE)) {
                var _ = tokens.fetchToken(RelayConfiguration.LIFECYCLE, segment);
                tokens.storeToken(
                        GapAwareTrackingToken.newInstance(last, List.of()), RelayConfiguration.LIFECYCLE, segment);
            }
        });
    }

    private static TransactionTemplate transactions(RelayWorld world) {
        return new TransactionTemplate(world.bean(PlatformTransactionManager.class));
    }
}
