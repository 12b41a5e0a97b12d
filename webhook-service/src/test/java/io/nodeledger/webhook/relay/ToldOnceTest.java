package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ToldOnceTest {
    private static final Logger WORK =
            (Logger) LoggerFactory.getLogger("org.axonframework.eventhandling.pooled.WorkPackage");
    private static final Logger COORDINATION =
            (Logger) LoggerFactory.getLogger("org.axonframework.eventhandling.pooled.Coordinator");

    private final ToldOnce toldOnce = new ToldOnce("relay-lifecycle"::equals);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() {
        toldOnce.start();
        log.start();
        WORK.addAppender(log);
        COORDINATION.addAppender(log);
    }

    @AfterEach
    void stop() {
        WORK.detachAppender(log);
        COORDINATION.detachAppender(log);
        toldOnce.stop();
    }

    @Test
    void whatTheRelayHasToldIsNotToldAgain() {
        WORK.warn("Error in [{}]-[{}]", 0, "relay-lifecycle", new KafkaException("away"));
        COORDINATION.info("Processor [{}] claimed {}", "relay-lifecycle", 0);

        assertThat(log.list).isEmpty();
    }

    @Test
    void everythingElseIs() {
        WORK.warn("Error in [{}]-[{}]", 0, "relay-lifecycle", new IllegalStateException("a mistake"));
        COORDINATION.info("Processor [{}] claimed {}", "query.nodes.g1", 0);
        COORDINATION.warn("Processor [{}] is interrupted", "relay-lifecycle");

        assertThat(log.list).hasSize(3);
    }
}
