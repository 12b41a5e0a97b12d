package io.nodeledger.standalone.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Stalls transactional producers before they reach the cluster, as a pause of their process would. Kafka makes one of each client. */
public final class StallingProducers implements MetricsReporter {
    static final String SETTING = "--nodeledger.kafka.client.metric.reporters=" + StallingProducers.class.getName();

    static final CountDownLatch STALLED = new CountDownLatch(1);
    static final CountDownLatch GO_ON = new CountDownLatch(1);
    static final CountDownLatch CLOSED = new CountDownLatch(1);

    private boolean transactional;

    @Override
    public void configure(Map<String, ?> settings) {
        transactional = settings.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        if (transactional) {
            STALLED.countDown();
            try {
                GO_ON.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (transactional) {
            CLOSED.countDown();
        }
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}
}
