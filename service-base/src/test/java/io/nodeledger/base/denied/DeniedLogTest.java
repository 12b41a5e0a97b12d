package io.nodeledger.base.denied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.security.DeniedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class DeniedLogTest {
    private static final Instant THEN = Instant.parse("2024-01-20T10:00:00Z");

    private final List<DeniedRow> table = new ArrayList<>();
    private boolean reachable = true;
    private final DeniedLog log = new DeniedLog(new DeniedBound(100_000), rows -> {
        if (!reachable) {
            throw new DataAccessResourceFailureException("no database");
        }
        table.addAll(rows);
    });

    @Test
    void what_could_not_be_written_is_written_first_when_the_database_is_back() {
        reachable = false;
        log.note(attempt("first", "ws-1"));
        assertThatThrownBy(log::write).isInstanceOf(DataAccessResourceFailureException.class);
        log.note(attempt("second", "ws-1"));
        reachable = true;

        log.write();
        log.write();

        assertThat(actors()).containsExactly("first", "second");
    }

    @Test
    void without_the_database_memory_is_bounded_and_nobody_who_is_denied_notices() {
        for (int i = 0; i < 20_000; i++) {
            log.note(attempt("mallory", "ws-1"));
        }

        log.write();

        assertThat(table).hasSize(10_000);
    }

    @Test
    void what_was_denied_last_is_written_when_the_service_stops() {
        log.start();
        log.stop();
        log.note(attempt("last", "ws-1"));

        log.stop();

        assertThat(actors()).containsExactly("last");
    }

    @Test
    void names_that_the_database_does_not_take_are_made_storable() {
        assertThat(DeniedRow.storable("a\0b\uD800c")).isEqualTo("a\uFFFDb?c");
        assertThat(DeniedRow.storable("\uD83D\uDE00".repeat(300))).isEqualTo("\uD83D\uDE00".repeat(256));
    }

    private List<String> actors() {
        return table.stream().map(row -> row.attempt().actor()).toList();
    }

    static DeniedAttempt attempt(String actor, String workspace) {
        return attempt(actor, workspace, Duration.ZERO);
    }

    static DeniedAttempt attempt(String actor, String workspace, Duration later) {
        return new DeniedAttempt(
                THEN.plus(later),
                workspace,
                null,
                null,
                actor,
                "viewer",
                "nodes:delete",
                "AUTH_PERMISSION_DENIED",
                "DELETE",
                "/nodes/{nodeId}",
                "req-1",
                "192.0.2.7");
    }
}
