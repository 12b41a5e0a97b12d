package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.webhook.kafka.KafkaHealth;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final KafkaSettings SETTINGS = new KafkaSettings("localhost:9", 1, (short) -1, Map.of());

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Batches batches = new Batches("relay", _ -> new Failing(), new KafkaHealth(new Topics(SETTINGS)));

    @Test
    void aPublisherThatFailedForWhateverReasonIsNotUsedAgain() {
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(this::handle).isInstanceOf(IllegalStateException.class);

            assertThat(made).hasValue(i);
            assertThat(closed).hasValue(i);
        }
    }

    private void handle() {
        var event = Granted.times(1).getFirst();
        var work = DefaultUnitOfWork.startAndGet(event);
        try {
            batches.handle(event, Segment.ROOT_SEGMENT);
        } finally {
            work.rollback();
        }
    }

    private final class Failing implements Publisher {
        Failing() {
            made.incrementAndGet();
        }

        @Override
        public void publish(List<TrackedEventMessage<?>> events) {
            throw new IllegalStateException("in a transaction already");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
