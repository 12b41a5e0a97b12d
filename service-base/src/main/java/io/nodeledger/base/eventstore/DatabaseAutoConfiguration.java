package io.nodeledger.base.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.base.settings.FreshSettings;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The pool, its transactions and the schemas that live in the database. */
@AutoConfiguration(before = {DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "connectionPool")
    HikariDataSource connectionPool(DatabaseSettings settings, FreshSettings fresh) {
        return pool(settings, fresh, "nodeledger", 4, settings.poolSize(), "");
    }

    /** Fills when it is used, which only a service with steps does. */
    @Bean
    @ConditionalOnMissingBean(name = "crowdPool")
    HikariDataSource crowdPool(DatabaseSettings settings, FreshSettings fresh) {
        return pool(settings, fresh, "nodeledger-crowd", 0, settings.crowdPoolSize(), "");
    }

    /** Fills when it is used, which only a service with read models does. */
    @Bean
    @ConditionalOnMissingBean(name = "projectionPool")
    HikariDataSource projectionPool(DatabaseSettings settings, FreshSettings fresh) {
        return pool(
                settings,
                fresh,
                "nodeledger-projections",
                0,
                settings.projectionPoolSize(),
                ";SET synchronous_commit = off");
    }

    private static HikariDataSource pool(
            DatabaseSettings settings, FreshSettings fresh, String name, int minimumIdle, int size, String more) {
        var current = fresh.of(DatabaseSettings.class);
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setCredentialsProvider(() -> credentials(current.get()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(minimumIdle, size));
        config.setConnectionInitSql(settings.boundedTransactions() + ";" + Epochs.ENTERING + more);
        config.addDataSourceProperty("ApplicationName", "nodeledger");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", settings.longestSilence().toSeconds());
        return new HikariDataSource(config);
    }

    /** Of each new connection: a password that was changed keeps nobody out. */
    private static Credentials credentials(DatabaseSettings now) {
        return Credentials.of(now.username(), now.password());
    }

    /**
     * A connection is taken at the first statement, not when the transaction opens: a command that waits for its
     * aggregate's lock holds none, so a crowd at one aggregate cannot starve everybody else of connections.
     */
    @Bean
    @Primary
    LazyConnectionDataSourceProxy dataSource(
            @Qualifier("connectionPool") HikariDataSource connectionPool,
            @Qualifier("crowdPool") HikariDataSource crowdPool,
            @Qualifier("projectionPool") HikariDataSource projectionPool) {
        var lazy = new LazyConnectionDataSourceProxy();
        lazy.setTargetDataSource(new ConnectionPools(crowdPool, projectionPool, connectionPool));
        lazy.setDefaultAutoCommit(true);
        lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        lazy.afterPropertiesSet();
        return lazy;
    }

    @Bean
    @ConditionalOnMissingBean(PlatformTransactionManager.class)
    JdbcTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    /** Takes the place of Spring Boot's, which waits for a connection of each pool. */
    @Bean
    DatabaseHealth dbHealthIndicator(FreshSettings fresh) {
        return new DatabaseHealth(fresh.of(DatabaseSettings.class));
    }

    @Bean
    SchemaMigration eventStoreSchema() {
        return new SchemaMigration(EventTables.SCHEMA, "classpath:db/eventstore", 0);
    }

    @Bean
    @ConditionalOnMissingBean
    SchemaMigrations schemaMigrations(DatabaseSettings settings, List<SchemaMigration> declared) {
        return new SchemaMigrations(settings, declared);
    }
}
