package io.nodeledger.base.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;

/** Which failures of the database another attempt may not meet. */
class CommandFailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "40P01", "53300", "57P01", "25P03", "25P04"})
    void what_passes_is_unavailable_for_a_while(String state) {
        assertThat(new CommandFailures().errorFor(failure(state)))
                .map(ApiError::code)
                .contains(ErrorCode.SYSTEM_SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "25006", "42P01"})
    void what_every_attempt_will_meet_is_not(String state) {
        assertThat(new CommandFailures().errorFor(failure(state))).isEmpty();
    }

    private static UncategorizedSQLException failure(String state) {
        return new UncategorizedSQLException("append", "INSERT", new SQLException("ended", state));
    }
}
