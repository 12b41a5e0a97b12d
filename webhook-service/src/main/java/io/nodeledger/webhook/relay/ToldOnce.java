package io.nodeledger.webhook.relay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps what Axon has to say of each attempt of a relay out of the log while Kafka is away: the relay tells once that it waits.
 * An outage of a day would fill the log with stack traces.
 */
final class ToldOnce extends TurboFilter implements SmartLifecycle {
    private static final String WORK = "org.axonframework.eventhandling.pooled.WorkPackage";
    private static final String COORDINATION = "org.axonframework.eventhandling.pooled.Coordinator";

    private final Predicate<String> waits;
    private volatile boolean running;

    /** @param waits whether the relay of that name waits for Kafka */
    ToldOnce(Predicate<String> waits) {
        this.waits = waits;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        boolean told = switch (logger.getName()) {
            case WORK -> failure instanceof KafkaException || endsWithKafkas(parameters);
            case COORDINATION -> !level.isGreaterOrEqual(Level.WARN) && isOfOneThatWaits(parameters);
            default -> false;
        };
        return told ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** What is handed over among the parameters has not been told apart from them yet. */
    private static boolean endsWithKafkas(Object @Nullable [] parameters) {
        return parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof KafkaException;
    }

    /** The coordinator's lines begin with the processor's name. */
    private boolean isOfOneThatWaits(Object @Nullable [] parameters) {
        return parameters != null && parameters.length > 0 && parameters[0] instanceof String name && waits.test(name);
    }

    @Override
    public void start() {
        super.start();
        running = true;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(this);
        }
    }

    @Override
    public void stop() {
        running = false;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
        super.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the relays, and ends after them. */
    @Override
    public int getPhase() {
        return 0;
    }
}
