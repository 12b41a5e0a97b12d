package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.web.CursorPage;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deliveries in a database that sorts text as English does, in which a tilde comes before all letters. */
class DeliveryPagesTest {
    private final JdbcClient jdbc = JdbcClient.create(english().dataSource());
    private final DeliveryLog log = new DeliveryLog(jdbc);

    private static TestDatabase english() {
        var other = PostgresServer.newDatabase();
        String name = other.url().replaceFirst(".*/(\\w+).*", "english_$1");
        JdbcClient.create(other.dataSource())
                .sql("CREATE DATABASE " + name + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
                .update();
        var english = new TestDatabase(
                other.url().replaceFirst("/(\\w+)(\\?|$)", "/" + name + "$2"), other.user(), other.password());
        Flyway.configure()
                .dataSource(english.url(), english.user(), english.password())
                .schemas("webhook")
                .defaultSchema("webhook")
                .table("schema_history")
                .locations("classpath:db/webhook")
                .load()
                .migrate();
        return english;
    }

    @BeforeEach
    void given_deliveries() {
        jdbc.sql("""
                        insert into webhook.endpoint (id, workspace_id, url, event_types, node_labels, enabled, key_id,
                                                      created_at, updated_at, after_position)
                        values ('wh-1', 'ws-1', 'https://x', '{}', '{}', true, 'key-1', now(), now(), 0)""").update();
        jdbc.sql(
                        "insert into webhook.message (event_id, type, node_id, position, body) values ('evt-1', 't', 'n', 1, '')")
                .update();
        for (String id : List.of("dlv-1", "dlv-2", "dlv-3")) {
            jdbc.sql("""
                            insert into webhook.delivery (id, endpoint_id, event_id, origin, status, urgency, position, line)
                            values (?, 'wh-1', 'evt-1', ?, ?, 0, 1, 'n')""")
                    .params(id, id, id.equals("dlv-2") ? "failed" : "pending")
                    .update();
        }
    }

    @Test
    void eachPageHasTheNewestThatAreLeft() {
        assertThat(ids(log.page("wh-1", null, null, null, 2))).containsExactly("dlv-3", "dlv-2");
        assertThat(ids(log.page("wh-1", null, null, "dlv-2", 2))).containsExactly("dlv-1");
        assertThat(ids(log.page("wh-1", "pending", null, null, 5))).containsExactly("dlv-3", "dlv-1");
        assertThat(ids(log.page("wh-1", "pending", null, "dlv-3", 5))).containsExactly("dlv-1");
        assertThat(ids(log.page("wh-1", null, "dlv-2", null, 5))).containsExactly("dlv-2");
    }

    @Test
    void idsAreComparedByteByByte() {
        assertThat(jdbc.sql("""
                                select table_name || '.' || column_name from information_schema.columns
                                 where table_schema = 'webhook' and data_type = 'text' and column_name ~ '(id|line)$'
                                   and collation_name is distinct from 'C'""").query(String.class).list()).isEmpty();
    }

    private static List<String> ids(CursorPage<DeliveryView> page) {
        return page.items().stream().map(DeliveryView::id).toList();
    }
}
