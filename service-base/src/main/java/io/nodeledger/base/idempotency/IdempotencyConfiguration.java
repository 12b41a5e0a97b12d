package io.nodeledger.base.idempotency;

import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.eventstore.SchemaMigration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What makes requests with a key repeatable. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdempotencySettings.class)
public class IdempotencyConfiguration {
    @Bean
    static SchemaMigration commandSchema() {
        return SchemaMigration.of("command", "classpath:db/command");
    }

    @Bean
    KeptAnswers keptAnswers(JdbcClient sql) {
        return new KeptAnswers(sql);
    }

    /** Axon's interceptor configuration registers it on the command bus. */
    @Bean
    KeyedCommands keyedCommands(KeptAnswers answers) {
        return new KeyedCommands(answers);
    }

    @Bean
    RepeatableCalls repeatableCalls(KeptAnswers answers, PlatformTransactionManager transactions) {
        return new RepeatableCalls(answers, new TransactionTemplate(transactions));
    }

    @Bean
    RepeatedTask removalOfOldKeys(JdbcClient sql, IdempotencySettings settings) {
        return new ExpiredKeys(sql, settings).removal();
    }
}
