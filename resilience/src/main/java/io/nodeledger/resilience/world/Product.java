package io.nodeledger.resilience.world;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.WorkspaceOperations;
import io.nodeledger.model.workspace.Workspace;
import io.nodeledger.provisioner.ProvisionerConfiguration;
import io.nodeledger.resilience.crash.FragileDataSource;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The write model, the sagas, the activities and the drivers, on a database that can be cut off. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ProvisionerConfiguration.class, ReadSide.class})
class Product {
    private static final int CONNECTIONS = 12;
    private static final int PATIENCE_MILLIS = 1000;

    @Bean
    WorkspaceOperations workspaceOperations(Repository<Node> nodes, Repository<Workspace> workspaces) {
        return new WorkspaceOperations(nodes, workspaces);
    }

    @Bean
    HikariDataSource connectionPool(FragileDataSource database, DatabaseSettings settings) {
        return pool(database, settings);
    }

    @Bean
    HikariDataSource crowdPool(FragileDataSource database, DatabaseSettings settings) {
        return pool(database, settings);
    }

    @Bean
    HikariDataSource projectionPool(FragileDataSource database, DatabaseSettings settings) {
        return pool(database, settings);
    }

    private static HikariDataSource pool(FragileDataSource database, DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setDataSource(database);
        config.setConnectionInitSql(settings.boundedTransactions());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        return new HikariDataSource(config);
    }
}
