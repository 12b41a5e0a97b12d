package io.nodeledger.query.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.security.PublicPaths;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.query.node.NodeReadModel;
import io.nodeledger.query.projection.SettledPositions;
import io.nodeledger.query.telemetry.usage.WorkspaceUsage;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the live streams together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
public class StreamConfiguration {
    @Bean
    Trail trail(JdbcClient jdbc, SettledPositions settled) {
        return new Trail(jdbc, () -> settled.reached(NodeReadModel.READ_MODEL));
    }

    @Bean
    StreamFeed streamFeed(Trail trail, Wakeups wakeups) {
        return new StreamFeed(trail, wakeups);
    }

    @Bean
    Streams streams(Trail trail, StreamFeed feed, StreamSettings settings, MeterRegistry meters) {
        var open = new OpenStreams(settings);
        Gauge.builder("nodeledger.streams.open", open, OpenStreams::all)
                .description("Live streams that are open")
                .register(meters);
        return new Streams(trail, feed, open, settings);
    }

    @Bean
    StreamTickets streamTickets(JdbcClient jdbc, StreamSettings settings, Clock clock) {
        return new StreamTickets(jdbc, settings, clock);
    }

    @Bean
    RepeatedTask streamedUsage(StreamFeed feed, WorkspaceUsage usage, StreamSettings settings) {
        return new RepeatedTask("streaming of usage", settings.usageEvery(), new UsageTicker(feed, usage)::tick);
    }

    @Bean
    PublicPaths streamPath() {
        return new PublicPaths(HttpMethod.GET, "/api/v1/workspaces/*/nodes/stream");
    }
}
