package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.bank.Statements;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process died with its claims on the tokens. They last for longer than this test, so time alone frees nothing. */
class SoleInstanceTest {
    private static final String DEAD = "a-dead-instance";

    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @BeforeEach
    void claims_of_a_dead_process() {
        BankService.on(database).close();
        sql.sql("UPDATE bank.token_entry SET owner = ?, timestamp = '2999-01-01T00:00:00Z'")
                .param(DEAD)
                .update();
    }

    @Test
    void a_sole_instance_goes_on_where_a_dead_one_stopped() {
        try (var bank = BankService.on(database, "--nodeledger.sole-instance=true")) {
            bank.send(new OpenAccount("acc-1"));
            bank.deposit("acc-1", "10");

            Awaitility.await()
                    .until(() -> bank.bean(Statements.class).seen().stream()
                            .anyMatch(seen -> seen.account().equals("acc-1")));
        }
    }

    @Test
    void an_instance_among_others_leaves_their_claims_alone() {
        try (var _ = BankService.on(database)) {
            var owners = sql.sql("SELECT owner FROM bank.token_entry")
                    .query(String.class)
                    .list();

            assertThat(owners).isNotEmpty().containsOnly(DEAD);
        }
    }
}
