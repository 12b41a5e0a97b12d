package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Wires the activities: scheduled in the sagas' transactions, executed outside of them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ActivitySettings.class)
public class ActivityConfiguration {
    @Bean
    Activities activities(DataSource dataSource, Wakeups wakeups, InstantSource clock) {
        var client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
                .tableName(ActivityRows.TABLE)
                .serializer(new StepTaskJson())
                .build();
        return new ScheduledActivities(client, wakeups, clock);
    }

    @Bean
    NodeStreams nodeStreams(EventStore events) {
        return new NodeStreams(events);
    }

    @Bean
    HeldOperations heldOperations(DataSource dataSource) {
        return new HeldOperations(JdbcClient.create(dataSource));
    }

    @Bean
    Restores restores(DataSource dataSource) {
        return new Restores(JdbcClient.create(dataSource));
    }

    @Bean
    ActivityRows activityRows(DataSource dataSource) {
        return new ActivityRows(JdbcClient.create(dataSource));
    }

    @Bean
    StepTurns stepTurns(ActivitySettings settings) {
        return new StepTurns(settings.perProcessor() * Runtime.getRuntime().availableProcessors());
    }

    @Bean
    StepActivity stepActivity(
            List<EnsureStep> singles,
            ObjectProvider<EnsureSteps> sets,
            NodeStreams nodes,
            HeldOperations held,
            CommandGateway commands,
            ActivityRows rows,
            StepTurns turns,
            MeterRegistry meters,
            Tracing tracing,
            InstantSource clock) {
        Stream<EnsureStep> steps = Stream.concat(singles.stream(), sets.stream().flatMap(set -> set.steps().stream()));
        return new StepActivity(
                steps.collect(Collectors.toMap(EnsureStep::step, Function.identity())),
                nodes,
                new Outcomes(commands, new StepMeters(meters), tracing, clock),
                rows,
                held,
                turns,
                new StepSpans(tracing),
                clock);
    }

    @Bean
    ActivityRunner activityRunner(
            DataSource dataSource,
            StepActivity activity,
            ActivityRows rows,
            ActivitySettings settings,
            InstallationSettings installation,
            Wakeups wakeups) {
        return new ActivityRunner(dataSource, activity, rows, settings, installation, wakeups);
    }

    @Bean
    EnsureStep releaseNode() {
        return new ReleaseNode();
    }
}
