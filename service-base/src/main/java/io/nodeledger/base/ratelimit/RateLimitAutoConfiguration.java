package io.nodeledger.base.ratelimit;

import io.nodeledger.base.eventstore.EventStoreAutoConfiguration;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.security.SecurityBaseAutoConfiguration;
import io.nodeledger.base.web.RequestLimit;
import io.nodeledger.base.web.WebBaseAutoConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rate limits for every service. */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        before = {WebBaseAutoConfiguration.class, SecurityBaseAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "nodeledger.rate-limit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RateLimitSettings.class)
public class RateLimitAutoConfiguration {
    @Bean
    LocalBuckets localBuckets(RateLimitSettings settings) {
        return new LocalBuckets(settings.window());
    }

    @Bean
    RequestLimit rateLimits(RateLimitSettings settings, LocalBuckets buckets, Clock clock) {
        return new RateLimits(settings, buckets, clock);
    }

    /** One instance alone has nobody to tell. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DataSource.class)
    @ConditionalOnProperty(name = "nodeledger.sole-instance", havingValue = "false", matchIfMissing = true)
    static class Shared {
        @Bean
        static SchemaMigration rateLimitSchema() {
            return SchemaMigration.of("ratelimit", "classpath:db/ratelimit");
        }

        @Bean
        BucketSynchronisation bucketSynchronisation(
                DataSource dataSource, LocalBuckets buckets, RateLimitSettings settings) {
            return new BucketSynchronisation(new SharedBuckets(JdbcClient.create(dataSource), buckets), settings);
        }
    }
}
