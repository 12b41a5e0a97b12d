package io.nodeledger.benchmarks.charge;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.model.workspace.Workspace;
import io.nodeledger.provisioner.charging.ChargingSettings;
import io.nodeledger.provisioner.charging.DailyCharge;
import io.nodeledger.query.cost.meter.CostReadModel;
import io.nodeledger.query.projection.ProjectionConfiguration;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.testing.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An instance that has workspaces, the cost tables and the daily charge, and nothing that acts on nodes. */
final class ChargingInstance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ChargingSettings SETTINGS = new ChargingSettings(
            Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(3), AfterGrace.KEEP, Duration.ofMinutes(5));

    private final ConfigurableApplicationContext context;
    private final DailyCharge charging;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Aggregates(Workspace.class)
    @Import(ProjectionConfiguration.class)
    static class Parts {
        @Bean
        static SchemaMigration provisionerSchema() {
            return SchemaMigration.of("provisioner", "classpath:db/provisioner");
        }

        @Bean
        ReadModel costReadModel() {
            return CostReadModel.READ_MODEL;
        }
    }

    ChargingInstance(TestDatabase database, InstantSource clock) {
        context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=WARN")
                .run(database.asArguments());
        charging = DailyCharge.of(
                bean(JdbcClient.class), bean(Positions.class), PATIENCE, bean(CommandGateway.class), SETTINGS, clock);
    }

    /** Charges what is due, if it is this instance's turn. */
    void look() {
        charging.look();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
