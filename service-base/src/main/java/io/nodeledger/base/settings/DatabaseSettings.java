package io.nodeledger.base.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service reaches PostgreSQL, and how long a transaction may last there.
 *
 * @param url JDBC address, {@code jdbc:postgresql://host:port/database}
 * @param username the role that owns the schemas
 * @param password that role's password
 * @param poolSize connections that this process holds at most, but for steps of operations and projections
 * @param crowdPoolSize connections that it holds at most for these, of which there may be hundreds at a time
 * @param projectionPoolSize connections that it holds at most for projections, so that no crowd of requests keeps them waiting
 * @param transactionTimeout after which the server ends a transaction; must stay well below the event store's gap
 *     timeout, because an event that commits later than that is never seen by a processor
 * @param idleTimeout after which the server ends a transaction that waits for its client
 */
@ConfigurationProperties("nodeledger.datasource")
public record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("nodeledger") String username,
        @DefaultValue("") String password,
        @DefaultValue("24") int poolSize,
        @DefaultValue("12") int crowdPoolSize,
        @DefaultValue("8") int projectionPoolSize,
        @DefaultValue("20s") Duration transactionTimeout,
        @DefaultValue("10s") Duration idleTimeout) {

    private static final Duration LATENCY = Duration.ofSeconds(10);

    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "nodeledger.datasource.url must be a PostgreSQL address such as jdbc:postgresql://localhost:5432/nodeledger, but is '"
                            + url + "'");
        }
        if (poolSize < 4) {
            throw new IllegalArgumentException(
                    "nodeledger.datasource.pool-size must be at least 4, but is " + poolSize);
        }
        if (crowdPoolSize < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.datasource.crowd-pool-size must be at least 1, but is " + crowdPoolSize);
        }
        if (projectionPoolSize < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.datasource.projection-pool-size must be at least 1, but is " + projectionPoolSize);
        }
        var checks = new SettingChecks("nodeledger.datasource");
        checks.positive("transaction-timeout", transactionTimeout, "for example 20s");
        checks.positive("idle-timeout", idleTimeout, "for example 10s");
    }

    /** What a new connection begins with. Sets only what the server knows: {@code transaction_timeout} came with 17. */
    public String boundedTransactions() {
        return """
                SELECT set_config(name, CASE name WHEN 'transaction_timeout' THEN '%d' ELSE '%d' END, false)
                FROM pg_settings WHERE name IN ('transaction_timeout', 'idle_in_transaction_session_timeout')
                """.formatted(transactionTimeout.toMillis(), idleTimeout.toMillis());
    }

    /** How long an answer may be awaited: a path that went silent must not hold a thread for ever. */
    public Duration longestSilence() {
        return transactionTimeout.plus(LATENCY);
    }

    /** Without the password, so that it never ends up in a log. */
    @Override
    public String toString() {
        return ("DatabaseSettings[url=%s, username=%s, password=***, poolSize=%d, crowdPoolSize=%d, projectionPoolSize=%d,"
                        + " transactionTimeout=%s, idleTimeout=%s]")
                .formatted(url, username, poolSize, crowdPoolSize, projectionPoolSize, transactionTimeout, idleTimeout);
    }
}
