package io.nodeledger.resilience.world;

import io.nodeledger.query.cost.meter.CostReadModel;
import io.nodeledger.query.node.NodeReadModel;
import io.nodeledger.query.projection.ProjectionConfiguration;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.query.workspace.WorkspaceTables;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The read models, for runs that look at them: they cost time at each start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(ReadSide.WITH)
@Import(ProjectionConfiguration.class)
class ReadSide {
    static final String WITH = "resilience.read-models";

    @Bean
    ReadModel nodeReadModel() {
        return NodeReadModel.READ_MODEL;
    }

    @Bean
    ReadModel costReadModel() {
        return CostReadModel.READ_MODEL;
    }

    @Bean
    ReadModel workspaceReadModel() {
        return WorkspaceTables.READ_MODEL;
    }
}
