package io.nodeledger.query.node;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Statements that are planned at every execution, for the values that it has. A plan made once for all values takes half a
 * millisecond less and the wrong index: one for what few nodes have when nearly all have it, or the reverse.
 */
final class FreshPlans extends JdbcTemplate {
    FreshPlans(DataSource database) {
        super(database);
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
}
