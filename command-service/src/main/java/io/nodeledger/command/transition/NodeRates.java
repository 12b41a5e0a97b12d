package io.nodeledger.command.transition;

import io.nodeledger.events.transition.record.Member;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What nodes cost, as the read side knows it: good enough for an estimate. */
public final class NodeRates {
    private static final String EXISTS = "SELECT to_regclass('query.nodes') IS NOT NULL";
    private static final String RATES = """
            SELECT coalesce(sum((doc #>> '{origin,terms,hourly_rate}')::numeric), 0)
            FROM query.nodes WHERE id = ANY (?)""";

    private final JdbcClient sql;

    public NodeRates(JdbcClient sql) {
        this.sql = sql;
    }

    /** USD per hour of all of them. */
    BigDecimal of(List<Member> members) {
        String[] ids = members.stream().map(Member::nodeId).toArray(String[]::new);
        return ids.length > 0 && sql.sql(EXISTS).query(Boolean.class).single()
                ? sql.sql(RATES).param(ids).query(BigDecimal.class).single()
                : BigDecimal.ZERO;
    }
}
