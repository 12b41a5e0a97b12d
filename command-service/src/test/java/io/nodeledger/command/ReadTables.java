package io.nodeledger.command;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The read side's tables, as far as admission reads them, filled by a test. */
public record ReadTables(JdbcClient sql) {

    /** Makes them. */
    public static ReadTables in(JdbcClient sql) {
        sql.sql("""
                        CREATE SCHEMA query;
                        CREATE TABLE query.nodes (
                          id text, workspace_id text, status text, plan_id text, region text, doc jsonb);
                        CREATE TABLE query.node_counts (
                          workspace_id text, status text, plan_id text, region text, nodes bigint,
                          PRIMARY KEY (workspace_id, status, plan_id, region));
                        CREATE TABLE query.operations (
                          id text, node_id text, type text, status text, started_at timestamptz, doc jsonb)""").update();
        return new ReadTables(sql);
    }

    /** A node of a size in cores, GiB of memory and a hundred GiB of storage. */
    public void node(String id, String status, String planId, String region, int cores, int memoryGb) {
        sql.sql("""
                        INSERT INTO query.nodes VALUES (?, 'ws-1', ?, ?, ?, jsonb_build_object('origin', jsonb_build_object(
                          'terms', jsonb_build_object('specs', jsonb_build_object(
                            'cpu_cores', ?::int, 'memory_gb', ?::int, 'storage_gb', 100)))))""").params(id, status, planId, region, cores, memoryGb).update();
        sql.sql("""
                        INSERT INTO query.node_counts AS counts VALUES ('ws-1', ?, ?, ?, 1)
                        ON CONFLICT (workspace_id, status, plan_id, region) DO UPDATE SET nodes = counts.nodes + 1""").params(status, planId, region).update();
    }

    /** The node's deletion, which began just now. */
    public void deletion(String nodeId, Instant estimatedEnd) {
        sql.sql("""
                        INSERT INTO query.operations VALUES (?, ?, 'delete', 'running', now(),
                          jsonb_build_object('origin', jsonb_build_object('estimated_completion', ?::text)))""").params("op-" + nodeId, nodeId, estimatedEnd.toString()).update();
    }

    /** All nodes are gone. */
    public void deleteAll() {
        sql.sql("UPDATE query.nodes SET status = 'deleted'").update();
        sql.sql("UPDATE query.node_counts SET nodes = 0").update();
    }
}
