package io.nodeledger.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.security.PublicPaths;
import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.query.allocation.AllocationQueries;
import io.nodeledger.query.attention.AttentionFigures;
import io.nodeledger.query.attention.AttentionQueries;
import io.nodeledger.query.audit.AuditQueries;
import io.nodeledger.query.cost.CostLines;
import io.nodeledger.query.cost.CostQueries;
import io.nodeledger.query.cost.IntervalQueries;
import io.nodeledger.query.cost.PlanNames;
import io.nodeledger.query.cost.meter.CostReadModel;
import io.nodeledger.query.drift.DriftQueries;
import io.nodeledger.query.events.EventQueries;
import io.nodeledger.query.explain.ChainQueries;
import io.nodeledger.query.node.NodeHistory;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.node.NodeReadModel;
import io.nodeledger.query.observed.ObservedTables;
import io.nodeledger.query.observed.WorkloadQueries;
import io.nodeledger.query.observed.WorkloadSettings;
import io.nodeledger.query.operation.OperationQueries;
import io.nodeledger.query.paging.MinPositionInterceptor;
import io.nodeledger.query.plan.StockQueries;
import io.nodeledger.query.projection.ProjectionConfiguration;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.query.projection.ReadPositions;
import io.nodeledger.query.projection.SettledPositions;
import io.nodeledger.query.status.HealthRule;
import io.nodeledger.query.status.HealthSettings;
import io.nodeledger.query.status.ObservationQueries;
import io.nodeledger.query.stream.StreamConfiguration;
import io.nodeledger.query.telemetry.FreshnessSettings;
import io.nodeledger.query.telemetry.LatestSamples;
import io.nodeledger.query.telemetry.metrics.MetricQueries;
import io.nodeledger.query.telemetry.usage.UsageQueries;
import io.nodeledger.query.telemetry.usage.WorkspaceUsage;
import io.nodeledger.query.transition.DurationQueries;
import io.nodeledger.query.transition.OpenTransitionFigures;
import io.nodeledger.query.transition.TransitionOperations;
import io.nodeledger.query.transition.TransitionQueries;
import io.nodeledger.query.transition.TransitionReadModel;
import io.nodeledger.query.webhook.WebhookReadModel;
import io.nodeledger.query.workspace.WorkspaceQueries;
import io.nodeledger.query.workspace.WorkspaceTables;
import java.time.Clock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The whole read side, to be imported by whatever process is to have it. */
@Configuration(proxyBeanMethods = false)
@Import({ProjectionConfiguration.class, StreamConfiguration.class})
@EnableConfigurationProperties({
    HealthSettings.class,
    FreshnessSettings.class,
    WorkloadSettings.class,
    ThresholdSettings.class
})
@ComponentScan(
        basePackageClasses = QueryServiceConfiguration.class,
        // Full names: another service in the same process may have a controller of the same simple name.
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(RestController.class))
public class QueryServiceConfiguration {

    @Bean
    ReadModel nodeReadModel() {
        return NodeReadModel.READ_MODEL;
    }

    @Bean
    ReadModel workspaceReadModel() {
        return WorkspaceTables.READ_MODEL;
    }

    @Bean
    ReadModel webhookReadModel() {
        return WebhookReadModel.READ_MODEL;
    }

    @Bean
    ReadModel transitionReadModel() {
        return TransitionReadModel.READ_MODEL;
    }

    @Bean
    TransitionQueries transitionQueries(JdbcClient jdbc, ObservedTables tables) {
        return new TransitionQueries(jdbc, tables);
    }

    @Bean
    DurationQueries durationQueries(JdbcClient jdbc, ObservedTables tables) {
        return new DurationQueries(jdbc, tables);
    }

    @Bean
    TransitionOperations transitionOperations(TransitionQueries transitions, DurationQueries durations, Clock clock) {
        return new TransitionOperations(transitions, durations, clock);
    }

    @Bean
    OpenTransitionFigures openTransitionFigures(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
        return new OpenTransitionFigures(jdbc, clock, meters);
    }

    @Bean
    AttentionFigures attentionFigures(AttentionQueries attention, Clock clock, MeterRegistry meters) {
        return new AttentionFigures(attention, clock, meters);
    }

    @Bean
    ReadModel costReadModel() {
        return CostReadModel.READ_MODEL;
    }

    @Bean
    CostQueries costQueries(JdbcClient jdbc) {
        return new CostQueries(jdbc);
    }

    @Bean
    PlanNames planNames(Catalogue catalogue) {
        return new PlanNames(catalogue);
    }

    @Bean
    CostLines costLines(CostQueries costs, JdbcClient jdbc) {
        return new CostLines(costs, new IntervalQueries(jdbc));
    }

    @Bean
    NodeQueries nodeQueries(DataSource database) {
        return new NodeQueries(database);
    }

    @Bean
    NodeHistory nodeHistory(EventStore events) {
        return new NodeHistory(events);
    }

    @Bean
    OperationQueries operationQueries(JdbcClient jdbc) {
        return new OperationQueries(jdbc);
    }

    @Bean
    AuditQueries auditQueries(JdbcClient jdbc, SettledPositions settled, Epochs epochs) {
        return new AuditQueries(
                jdbc,
                () -> Stream.of(
                                NodeReadModel.READ_MODEL,
                                WorkspaceTables.READ_MODEL,
                                WebhookReadModel.READ_MODEL,
                                TransitionReadModel.READ_MODEL)
                        .mapToLong(settled::reached)
                        .min()
                        .orElse(0),
                epochs);
    }

    @Bean
    ChainQueries chainQueries(JdbcClient jdbc, OperationQueries operations) {
        return new ChainQueries(jdbc, operations);
    }

    @Bean
    WorkspaceQueries workspaceQueries(JdbcClient jdbc) {
        return new WorkspaceQueries(jdbc);
    }

    @Bean
    StockQueries stockQueries(JdbcClient jdbc) {
        return new StockQueries(jdbc);
    }

    @Bean
    ObservedTables observedTables(JdbcClient jdbc) {
        return new ObservedTables(jdbc);
    }

    @Bean
    DriftQueries driftQueries(JdbcClient jdbc, ObservedTables tables) {
        return new DriftQueries(jdbc, tables);
    }

    @Bean
    AttentionQueries attentionQueries(JdbcClient jdbc, ObservedTables tables) {
        return new AttentionQueries(jdbc, tables);
    }

    @Bean
    ObservationQueries observationQueries(JdbcClient jdbc, ObservedTables tables) {
        return new ObservationQueries(jdbc, tables);
    }

    @Bean
    EventQueries eventQueries(JdbcClient jdbc, ObservedTables tables) {
        return new EventQueries(jdbc, tables);
    }

    @Bean
    HealthRule healthRule(HealthSettings settings) {
        return new HealthRule(settings);
    }

    @Bean
    LatestSamples latestSamples(JdbcClient jdbc, ObservedTables tables, FreshnessSettings settings, Clock clock) {
        return new LatestSamples(jdbc, tables, settings, clock);
    }

    @Bean
    MetricQueries metricQueries(JdbcClient jdbc, ObservedTables tables) {
        return new MetricQueries(jdbc, tables);
    }

    @Bean
    WorkspaceUsage workspaceUsage(JdbcClient jdbc, LatestSamples samples) {
        return new WorkspaceUsage(new UsageQueries(jdbc), samples);
    }

    @Bean
    WorkloadQueries workloadQueries(JdbcClient jdbc, ObservedTables tables, WorkloadSettings settings) {
        return new WorkloadQueries(jdbc, tables, settings);
    }

    @Bean
    AllocationQueries allocationQueries(
            JdbcClient jdbc, ObservedTables tables, WorkloadSettings settings, HealthRule rule) {
        return new AllocationQueries(jdbc, tables, settings, rule);
    }

    @Bean
    PublicPaths openApiPath() {
        return new PublicPaths("/openapi.json");
    }

    @Bean
    WebMvcConfigurer readYourWrites(ReadPositions positions, Epochs epochs) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors
                        .addInterceptor(new MinPositionInterceptor(positions, epochs))
                        .addPathPatterns("/api/**");
            }
        };
    }
}
