package io.nodeledger.base.denied;

import io.nodeledger.base.eventstore.EventStoreAutoConfiguration;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.security.SecurityBaseAutoConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Has every service write down what it denies (source: rulings, "Who owns what"). */
@AutoConfiguration(after = EventStoreAutoConfiguration.class, before = SecurityBaseAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({DataSource.class, PlatformTransactionManager.class})
@EnableConfigurationProperties(DeniedSettings.class)
public class DeniedAutoConfiguration {
    @Bean
    static SchemaMigration auditSchema() {
        return SchemaMigration.of("audit", "classpath:db/audit");
    }

    @Bean
    DeniedLog deniedLog(DataSource database, PlatformTransactionManager transactions, DeniedSettings settings) {
        var table = new DeniedTable(JdbcClient.create(database), new TransactionTemplate(transactions));
        return new DeniedLog(new DeniedBound(settings.deniedPerDay()), table::write);
    }
}
