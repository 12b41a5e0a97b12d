package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.webhook.kafka.KafkaHealth;
import io.nodeledger.webhook.kafka.KafkaSettings;
import io.nodeledger.webhook.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final KafkaSettings SETTINGS = new KafkaSettings("localhost:9", 1, (short) -1, Map.of());

    private static final Segment ALL = Segment.ROOT_SEGMENT;
    private static final Segment[] HALVES = ALL.split();

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final KafkaHealth health = new KafkaHealth(new Topics(() -> SETTINGS));
    private final Batches batches = new Batches("relay", _ -> new Failing(), health);
    private @Nullable RuntimeException failure = new IllegalStateException("in a transaction already");

    @Test
    void aPublisherThatFailedForWhateverReasonIsNotUsedAgain() {
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> handle(ALL)).isInstanceOf(IllegalStateException.class);

            assertThat(made).hasValue(i);
            assertThat(closed).hasValue(i);
        }
    }

    @Test
    void healthIsWellAgainWhenNoSegmentWaitsAnyMore() {
        failure = new KafkaException("away");
        for (Segment each : HALVES) {
            assertThatThrownBy(() -> handle(each)).isInstanceOf(KafkaException.class);
        }
        assertThat(batches.waiting()).containsExactlyInAnyOrder(0, 1);

        failure = null;
        handle(HALVES[0]);
        assertThat(health.waits("relay")).isTrue();

        handle(HALVES[1]);
        assertThat(health.waits("relay")).isFalse();
        assertThat(batches.waiting()).isEmpty();
    }

    @Test
    void aSegmentThatIsAnotherInstancesNowKeepsNobodyFromBeingWell() {
        failure = new KafkaException("away");
        assertThatThrownBy(() -> handle(ALL)).isInstanceOf(KafkaException.class);

        batches.noLongerWaits(ALL.getSegmentId());

        assertThat(health.waits("relay")).isFalse();
    }

    private void handle(Segment segment) {
        var event = Granted.times(1).getFirst();
        var work = DefaultUnitOfWork.startAndGet(event);
        try {
            batches.handle(event, segment);
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
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
