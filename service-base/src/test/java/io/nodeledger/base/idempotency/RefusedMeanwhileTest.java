package io.nodeledger.base.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A request that this instance refuses while another one, whose plans are older, accepts it. */
class RefusedMeanwhileTest {
    private static final TestDatabase DATABASE = PostgresServer.newDatabase();
    private static final Instance HERE = new Instance(DATABASE.dataSource());
    private static final Instance ELSEWHERE = new Instance(DATABASE.dataSource());
    private final ApiException refusal = new ApiException(ApiError.notFound("plan", "plan-old"));

    record Answer(String id) {}

    /** What an instance has of its own. */
    private record Instance(KeptAnswers answers, TransactionTemplate transactions) {
        Instance(DataSource source) {
            this(
                    new KeptAnswers(JdbcClient.create(source)),
                    new TransactionTemplate(new DataSourceTransactionManager(source)));
        }

        RepeatableCalls calls() {
            return new RepeatableCalls(answers, transactions);
        }
    }

    @BeforeAll
    static void migrate() {
        Flyway.configure()
                .dataSource(DATABASE.url(), DATABASE.user(), DATABASE.password())
                .schemas("command")
                .defaultSchema("command")
                .locations("classpath:db/command")
                .load()
                .migrate();
    }

    @Test
    void gets_the_other_ones_answer() {
        var key = key("answered");

        var answer = HERE.calls().once(key, Answer.class, () -> {
            ELSEWHERE.answers().keep(key, new Answer("node-1"));
            throw refusal;
        });

        assertThat(answer).isEqualTo(new Answer("node-1"));
    }

    @Test
    void gets_the_other_ones_answer_to_a_change_without_a_command_too() {
        var key = key("changed");

        var answer = HERE.calls().change(Optional.of(key), Answer.class, () -> {
            ELSEWHERE.answers().keep(key, new Answer("region-1"));
            throw refusal;
        });

        assertThat(answer).isEqualTo(new Answer("region-1"));
    }

    @Test
    void is_told_to_ask_again_while_the_other_one_decides() {
        var key = key("in flight");
        ELSEWHERE.transactions().executeWithoutResult(_ -> {
            ELSEWHERE.answers().keep(key, new Answer("node-1"));

            assertThatThrownBy(() -> HERE.calls().once(key, Answer.class, () -> {
                        throw refusal;
                    }))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            told -> assertThat(told.error().code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT));
        });
    }

    @Test
    void is_refused_where_nobody_has_accepted_it() {
        assertThatThrownBy(() -> HERE.calls().once(key("refused"), Answer.class, () -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
    }

    private static IdempotencyKey key(String value) {
        return new IdempotencyKey(value, Digest.of("scope", value), Digest.of("payload", value));
    }
}
