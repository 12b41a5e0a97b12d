package io.nodeledger.base.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankMessages.OpenAccountAt;
import io.nodeledger.base.bank.BankMessages.OpenBranch;
import io.nodeledger.base.bank.BankMessages.Transfer;
import io.nodeledger.base.bank.BankMessages.Withdraw;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FreshDecisionsTest {

    private static BankService here;
    private static BankService elsewhere;

    @BeforeAll
    static void startTwoInstances() {
        var database = PostgresServer.newDatabase();
        here = BankService.on(database, "--nodeledger.eventstore.snapshot-every=5");
        elsewhere = BankService.on(database);
    }

    @AfterAll
    static void stopThem() {
        elsewhere.close();
        here.close();
    }

    @Test
    void aCachedAggregateKnowsWhatAnotherInstanceAppended() {
        here.send(new OpenAccount("acc-cached"));
        here.deposit("acc-cached", "100");
        elsewhere.ask(new Withdraw("acc-cached", new BigDecimal("80")));

        boolean granted = here.ask(new Withdraw("acc-cached", new BigDecimal("50")));

        assertThat(granted).isFalse();
    }

    @Test
    void instancesThatCollideBothGetTheirTurn() throws Exception {
        here.send(new OpenAccount("acc-contended"));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var deposits = new ArrayList<Future<?>>();
            for (var i = 0; i < 15; i++) {
                deposits.add(callers.submit(() -> here.deposit("acc-contended", "1")));
                deposits.add(callers.submit(() -> elsewhere.deposit("acc-contended", "1")));
            }
            for (var deposit : deposits) {
                deposit.get();
            }
        }

        assertThat(here.ask(new Withdraw("acc-contended", new BigDecimal("30"))))
                .isTrue();
        assertThat(elsewhere.ask(new Withdraw("acc-contended", BigDecimal.ONE))).isFalse();
    }

    @Test
    void twoStreamsCommitTogether() {
        here.send(new OpenBranch("branch-1"));

        here.send(new OpenAccountAt("branch-1", "acc-branch", false));

        assertThat(eventsOf("branch-1")).isEqualTo(2);
        assertThat(eventsOf("acc-branch")).isEqualTo(1);
    }

    @Test
    void orNoneOfThem() {
        here.send(new OpenBranch("branch-2"));

        assertThatThrownBy(() -> here.send(new OpenAccountAt("branch-2", "acc-none", true)))
                .hasMessageContaining("asked to fail");

        assertThat(eventsOf("branch-2")).isEqualTo(1);
        assertThat(eventsOf("acc-none")).isZero();
    }

    @Test
    void aTakenIdentifierIsNotAConflictButSaysSo() {
        here.send(new OpenBranch("branch-3"));
        here.send(new OpenAccount("acc-taken"));

        assertThatThrownBy(() -> here.send(new OpenAccountAt("branch-3", "acc-taken", false)))
                .isInstanceOf(AggregateStreamCreationException.class)
                .hasMessageContaining("acc-taken");
        assertThat(eventsOf("branch-3")).isEqualTo(1);
    }

    @Test
    void aHandlerOutsideTheAggregatesLoadsSeveral() {
        here.send(new OpenAccount("acc-from"));
        here.send(new OpenAccount("acc-to"));
        here.deposit("acc-from", "10");

        boolean moved = here.ask(new Transfer("acc-from", "acc-to", new BigDecimal("7")));

        assertThat(moved).isTrue();
        assertThat(here.ask(new Withdraw("acc-to", new BigDecimal("7")))).isTrue();
        assertThat(here.ask(new Withdraw("acc-from", new BigDecimal("4")))).isFalse();
    }

    @Test
    void whatALargerTransactionRolledBackNeverHappened() {
        here.send(new OpenAccount("acc-outer"));
        here.deposit("acc-outer", "1");
        var outer = new TransactionTemplate(here.bean(PlatformTransactionManager.class));

        outer.executeWithoutResult(status -> {
            here.deposit("acc-outer", "1000");
            status.setRollbackOnly();
        });

        assertThat(here.ask(new Withdraw("acc-outer", new BigDecimal("2")))).isFalse();
        here.deposit("acc-outer", "1");
        assertThat(eventsOf("acc-outer")).isEqualTo(3);
    }

    @Test
    void aCommandThatFailedLeavesNothingInMemory() {
        here.send(new OpenBranch("branch-4"));
        assertThatThrownBy(() -> here.send(new OpenAccountAt("branch-4", "acc-x", true)));

        here.send(new OpenAccountAt("branch-4", "acc-x", false));

        assertThat(eventsOf("branch-4")).isEqualTo(2);
    }

    @Test
    void aSnapshotOfAnotherRevisionIsIgnored() {
        here.send(new OpenAccount("acc-snapshot"));
        for (var i = 0; i < 6; i++) {
            here.deposit("acc-snapshot", "1.10");
        }
        org.awaitility.Awaitility.await().until(() -> snapshotsOf("acc-snapshot") == 1);

        // The snapshot counts: a wrong balance written into it is believed.
        tamper("acc-snapshot", "7");
        assertThat(elsewhere.ask(new Withdraw("acc-snapshot", new BigDecimal("900"))))
                .isTrue();

        // And it does not count once it is of another revision.
        here.send(new OpenAccount("acc-stale"));
        for (var i = 0; i < 6; i++) {
            here.deposit("acc-stale", "1.10");
        }
        org.awaitility.Awaitility.await().until(() -> snapshotsOf("acc-stale") == 1);
        tamper("acc-stale", "6");
        assertThat(elsewhere.ask(new Withdraw("acc-stale", new BigDecimal("900"))))
                .isFalse();
        assertThat(elsewhere.ask(new Withdraw("acc-stale", new BigDecimal("6.60"))))
                .isTrue();
    }

    private static void tamper(String account, String revision) {
        var changed = here.sql()
                .sql("""
                        UPDATE eventstore.snapshot
                        SET payload_revision = :revision, payload = convert_to(regexp_replace(
                            convert_from(payload, 'UTF8'), '"balance":[0-9.]+', '"balance":1000'), 'UTF8')
                        WHERE aggregate_identifier = :account""")
                .param("revision", revision)
                .param("account", account)
                .update();
        assertThat(changed).isEqualTo(1);
    }

    private static long snapshotsOf(String stream) {
        return here.sql()
                .sql("SELECT count(*) FROM eventstore.snapshot WHERE aggregate_identifier = ?")
                .param(stream)
                .query(Long.class)
                .single();
    }

    private static long eventsOf(String stream) {
        return here.sql()
                .sql("SELECT count(*) FROM eventstore.domain_event WHERE aggregate_identifier = ?")
                .param(stream)
                .query(Long.class)
                .single();
    }
}
