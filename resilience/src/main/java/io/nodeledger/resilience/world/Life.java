package io.nodeledger.resilience.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.zaxxer.hikari.HikariDataSource;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.query.projection.ProjectionRebuild;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashSwitch;
import io.nodeledger.resilience.crash.FragileDataSource;
import io.nodeledger.resilience.crash.FragileGateway;
import io.nodeledger.testing.TestDatabase;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** One instance of the product, from its start to its crash or stop. */
public final class Life implements AutoCloseable {
    /** One of several; an instance is the only one otherwise, and what a dead one held is its own at once. */
    public static final String SHARING = "--nodeledger.sole-instance=false";

    private static final String[] QUICK = {
        "nodeledger.sole-instance=true",
        "nodeledger.activities.polling-interval=50ms",
        "nodeledger.activities.heartbeat=4s",
        "nodeledger.activities.shutdown-wait=200ms",
        "nodeledger.activities.stalled-after=5s",
        "nodeledger.eventstore.poll=100ms",
        "nodeledger.reconciler.every=1h",
        "nodeledger.kubernetes.observation-interval=1h",
        "nodeledger.telemetry.sample-interval=1h",
        "nodeledger.telemetry.detail-interval=1h",
        "nodeledger.health.check-interval=1h",
        "nodeledger.credits.check-interval=1h",
        "nodeledger.metrics.read-every=5m",
        "nodeledger.datasource.pool-size=16",
        "spring.lifecycle.timeout-per-shutdown-phase=1s",
        // The global registry would keep every instance that ever lived in this JVM.
        "management.metrics.use-global-registry=false",
        "spring.main.banner-mode=off"
    };

    static {
        // Instances that start side by side would each set up, and so disturb, the one logging that the process has.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    private final CrashSwitch crashes;
    private final ConfigurableApplicationContext context;

    private Life(CrashSwitch crashes, ConfigurableApplicationContext context) {
        this.crashes = crashes;
        this.context = context;
    }

    /**
     * Starts an instance.
     *
     * @param clock what the instance takes for the time
     * @param settings the region's, and those that are to be other than quick ones
     */
    static Life start(TestDatabase data, CrashSwitch crashes, InstantSource clock, Stream<String> settings) {
        var database = new FragileDataSource(data.dataSource(), crashes);
        var context = new SpringApplicationBuilder(Product.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(QUICK)
                .initializers(made -> {
                    var beans = (GenericApplicationContext) made;
                    beans.registerBean(FragileDataSource.class, () -> database);
                    beans.registerBean(InstantSource.class, () -> clock);
                    beans.getBeanFactory().addBeanPostProcessor(new Fragile(crashes));
                })
                .run(Stream.concat(Stream.of(data.asArguments()), settings).toArray(String[]::new));
        return new Life(crashes, context);
    }

    /** Its commands are what can crash, too. */
    private record Fragile(CrashSwitch crashes) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof CommandGateway gateway ? FragileGateway.around(gateway, crashes) : bean;
        }
    }

    /**
     * Sends a command as a caller would who waits for the answer.
     *
     * @return nothing when the instance crashed before it answered, so that nobody knows what came of it
     */
    public Optional<Object> send(Object command) {
        try {
            Object answer = bean(CommandGateway.class).sendAndWait(command);
            return crashes.dead() ? Optional.empty() : Optional.ofNullable(answer);
        } catch (RuntimeException failure) {
            if (crashes.dead()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /**
     * A transition as the product itself folds its stream.
     *
     * @throws IllegalStateException when its events can't follow each other
     */
    public Optional<TransitionRecord> transition(String transitionId) {
        @Nullable TransitionRecord record = null;
        var stream = bean(EventStore.class).readEvents(transitionId);
        while (stream.hasNext()) {
            record =
                    TransitionFold.after(record, (TransitionEvent) stream.next().getPayload());
        }
        return Optional.ofNullable(record);
    }

    /** What rebuilds the read models of an instance that has them. */
    public ProjectionRebuild rebuild() {
        return bean(ProjectionRebuild.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The switch by which it crashes. */
    public CrashSwitch crashes() {
        return crashes;
    }

    /** Where it crashed, if it did. */
    public Optional<CrashPoint> crashed() {
        return crashes.dead() ? Optional.of(crashes.crash().join()) : Optional.empty();
    }

    /** Frees what the dead instance holds of this JVM; after a crash nothing of that reaches the world any more. */
    @Override
    public void close() {
        if (crashes.dead()) {
            // Nobody is to wait for connections that never come.
            context.getBeansOfType(HikariDataSource.class).values().forEach(HikariDataSource::close);
        }
        context.close();
    }
}
