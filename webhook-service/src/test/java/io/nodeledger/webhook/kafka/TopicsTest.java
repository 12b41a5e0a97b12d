package io.nodeledger.webhook.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void aClusterThatDoesNotAnswerKeepsNobodyForLong() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = new KafkaSettings("127.0.0.1:" + silent.getLocalPort(), 12, (short) -1, Map.of());
            var topics = new Topics(() -> settings);
            long begin = System.nanoTime();

            assertThatThrownBy(topics::ensure).isInstanceOf(KafkaException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }
}
