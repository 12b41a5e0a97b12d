package io.nodeledger.webhook.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Asks the cluster and does not wait for long: a question takes seconds where the client's own patience is a minute. */
final class BoundedAdmin implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 2_000;

    private final Admin admin;

    BoundedAdmin(KafkaSettings settings) {
        var properties = settings.clientProperties();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.admin = Admin.create(properties);
    }

    /**
     * The answer to a question.
     *
     * @throws KafkaException the cluster's own refusal, or that it does not answer
     */
    <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try {
            return question.apply(admin).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException refusal
                    ? refusal
                    : new KafkaException("Kafka did not do it", failure);
        } catch (TimeoutException silence) {
            throw new KafkaException("Kafka did not answer in time", silence);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while Kafka was asked", stopping);
        }
    }

    /** At once: whatever is still to be answered was given up. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
