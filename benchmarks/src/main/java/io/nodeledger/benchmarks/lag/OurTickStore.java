package io.nodeledger.benchmarks.lag;

import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.testing.TestDatabase;
import java.util.function.Consumer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The event store as every service runs it. */
final class OurTickStore implements TickStore {

    private final ConfigurableApplicationContext context;
    private final EventBus events;

    OurTickStore(TestDatabase database, @Nullable Consumer<Tick> reader) {
        var application = new SpringApplicationBuilder(reader == null ? Writing.class : Reading.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("logging.level.root=warn");
        if (reader != null) {
            application.initializers(
                    started -> started.getBeanFactory().registerSingleton("tickConsumer", new TickReader(reader)));
        }
        this.context = application.run(database.asArguments());
        this.events = context.getBean(EventBus.class);
    }

    @Override
    public void append(Tick tick) {
        events.publish(GenericEventMessage.asEventMessage(tick));
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Writing {

        @Bean
        static SchemaMigration lagSchema() {
            return SchemaMigration.of("lag", "classpath:db/lag");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Reading {

        @Bean
        static SchemaMigration lagSchema() {
            return SchemaMigration.of("lag", "classpath:db/lag");
        }

        @Bean
        ProcessorSettings ticks() {
            return ProcessorSettings.of(TickReader.GROUP, "lag");
        }

        @Bean
        ConfigurerModule reader(TickReader reader) {
            return configurer -> configurer.eventProcessing().registerEventHandler(config -> reader);
        }
    }
}
