package io.nodeledger.base.eventstore;

import com.github.f4b6a3.ulid.Ulid;
import io.nodeledger.base.settings.InstallationSettings;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Token stores, one per schema, in the table {@code token_entry} that the schema's own migration creates:
 *
 * <pre>{@code
 * CREATE TABLE token_entry (
 *   processor_name text NOT NULL, segment int NOT NULL, token bytea, token_type text,
 *   timestamp text, owner text, PRIMARY KEY (processor_name, segment))
 * }</pre>
 *
 * A token commits with the projection that its processor wrote, and whoever waits for that progress in this JVM is woken;
 * in others they look by themselves, see {@link Positions}. A sole instance drops the claims that a dead process left before
 * it uses a store.
 */
public final class TokenStores {

    private static final Duration CLAIM = Duration.ofSeconds(10);

    private final ConnectionProvider connections;
    private final Serializer serializer;
    private final Wakeups wakeups;
    private final JdbcClient sql;
    private final InstallationSettings installation;
    /** Axon's default, process and host, is the same for two instances in one JVM and in containers of one name. */
    private final String instance = "instance-" + Ulid.fast().toLowerCase();

    private final ConcurrentHashMap<String, TokenStore> stores = new ConcurrentHashMap<>();

    TokenStores(
            ConnectionProvider connections,
            Serializer serializer,
            Wakeups wakeups,
            JdbcClient sql,
            InstallationSettings installation) {
        this.connections = connections;
        this.serializer = serializer;
        this.wakeups = wakeups;
        this.sql = sql;
        this.installation = installation;
    }

    /** The store on {@code schema.token_entry}. */
    public TokenStore in(String schema) {
        return stores.computeIfAbsent(schema, this::create);
    }

    /** The table of that store's tokens. */
    public static String table(String schema) {
        return schema + ".token_entry";
    }

    private TokenStore create(String schema) {
        if (installation.soleInstance()) {
            sql.sql("UPDATE " + table(schema) + " SET owner = NULL WHERE owner IS NOT NULL")
                    .update();
        }
        var names = TokenSchema.builder()
                .setTokenTable(table(schema))
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("timestamp")
                .setOwnerColumn("owner")
                .build();
        return new AnnouncingTokenStore(
                JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .serializer(serializer)
                        .schema(names)
                        .claimTimeout(CLAIM)
                        .nodeId(instance)
                        .contentType(byte[].class),
                () -> wakeups.signalHere(AnnouncingTokenStore.progressIn(table(schema))));
    }
}
