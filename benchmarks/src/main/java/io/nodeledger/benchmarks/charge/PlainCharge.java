package io.nodeledger.benchmarks.charge;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The ceiling: the costs of all nodes on a day read by one statement, and an event for each workspace written to a table like
 * the log, each in a transaction of its own as a charge is. Nothing is decided, and no event is read again.
 */
final class PlainCharge {
    private static final String COSTS = """
            select n.workspace_id, sum(u.rate_millis), sum(u.rate_millis - coalesce(s.rate_millis, 0))
              from query.metered_nodes n
              join lateral (%1$s) u on true
              left join lateral (%1$s) s on true
             group by n.workspace_id""".formatted("""
            select p.rate_millis + p.rate * (? - p.at) as rate_millis from query.meter_points p
             where p.node_id = n.id and p.at <= ? order by p.at desc, p.position desc limit 1""");

    private static final String COLUMNS =
            "aggregate_identifier, type, time_stamp, payload_type, payload_revision, payload, meta_data";
    private static final String CHARGES = "select " + COLUMNS + " from eventstore.domain_event"
            + " where payload_type like '%WorkspaceCharged' order by global_index desc limit ?";
    private static final String APPEND = "insert into plain_event (" + COLUMNS + ", sequence_number, event_identifier)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final DataSource database;
    private int day;

    PlainCharge(DataSource database) throws SQLException {
        this.database = database;
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table plain_event (like eventstore.domain_event including all)");
        }
    }

    /** The last charges of so many workspaces. */
    List<Object[]> lastCharges(int workspaces) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(CHARGES)) {
            statement.setInt(1, workspaces);
            var charges = new ArrayList<Object[]>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    charges.add(row(rows));
                }
            }
            return charges;
        }
    }

    private static Object[] row(ResultSet rows) throws SQLException {
        var row = new Object[rows.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
            row[i] = rows.getObject(i + 1);
        }
        return row;
    }

    /** Reads a day's costs, and appends the events as that day's. */
    void charge(long since, long until, List<Object[]> events) throws SQLException {
        day++;
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(true);
            if (costs(connection, since, until) != events.size()) {
                throw new IllegalStateException("There are other workspaces than were charged");
            }
            for (Object[] event : events) {
                append(connection, event);
            }
        }
    }

    private static int costs(Connection connection, long since, long until) throws SQLException {
        try (var statement = connection.prepareStatement(COSTS)) {
            statement.setLong(1, until);
            statement.setLong(2, until);
            statement.setLong(3, since);
            statement.setLong(4, since);
            int workspaces = 0;
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    workspaces++;
                }
            }
            return workspaces;
        }
    }

    private void append(Connection connection, Object[] event) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            for (int i = 0; i < event.length; i++) {
                statement.setObject(i + 1, event[i]);
            }
            statement.setLong(event.length + 1, day);
            statement.setString(event.length + 2, UUID.randomUUID().toString());
            statement.executeUpdate();
        }
    }
}
