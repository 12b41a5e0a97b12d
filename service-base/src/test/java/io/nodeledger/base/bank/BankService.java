package io.nodeledger.base.bank;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.base.messaging.ProcessorSettings;
import io.nodeledger.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One running instance of the bank: a context of its own, as another JVM would have. */
public final class BankService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private BankService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static BankService on(TestDatabase database, String... properties) {
        return on(database, List.of(), properties);
    }

    /** One of another version, which has some configuration more. */
    public static BankService on(TestDatabase database, List<Class<?>> more, String... properties) {
        var arguments = new ArrayList<>(List.of(database.asArguments()));
        arguments.add("--nodeledger.datasource.pool-size=12");
        arguments.addAll(List.of(properties));
        var parts = new ArrayList<Class<?>>(List.of(WriteDoor.class, OtherDoor.class));
        parts.addAll(more);
        return new BankService(new SpringApplicationBuilder(parts.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new)));
    }

    public void send(Object command) {
        bean(CommandGateway.class).sendAndWait(command);
    }

    /** Sends a command that is granted or refused. */
    public boolean ask(Object command) {
        return Boolean.TRUE.equals(bean(CommandGateway.class).<Object>sendAndWait(command));
    }

    public void deposit(String account, String amount) {
        send(new BankMessages.Deposit(account, new BigDecimal(amount)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Aggregates({Account.class, Branch.class})
    static class WriteDoor {

        @Bean
        Transfers transfers(Repository<Account> accounts) {
            return new Transfers(accounts);
        }

        @Bean
        SchemaMigration bankSchema() {
            return SchemaMigration.of("bank", "classpath:db/testbank");
        }
    }

    /** A second module in the same JVM that names an aggregate of the first. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    @Aggregates(Account.class)
    static class OtherDoor {

        @Bean
        Statements statements() {
            return new Statements();
        }

        @Bean
        ProcessorSettings statementsProcessor() {
            return ProcessorSettings.of("statements", "bank").withSegments(2);
        }
    }
}
