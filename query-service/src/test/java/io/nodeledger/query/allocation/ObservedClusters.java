package io.nodeledger.query.allocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of observation, which are another service's; here they are made and filled as that does. */
final class ObservedClusters {
    private static final String GIB = "1073741824";

    private final JdbcClient jdbc;

    ObservedClusters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void create() {
        jdbc.sql("""
                        CREATE SCHEMA provisioner;
                        CREATE TABLE provisioner.observed_cluster (
                          region text PRIMARY KEY, observed_at timestamptz, pods_observed_at timestamptz);
                        CREATE TABLE provisioner.kubernetes_node (
                          region text, node_id text, ready boolean, PRIMARY KEY (region, node_id));
                        CREATE TABLE provisioner.kubernetes_heartbeat (
                          region text, node_id text, seen_at timestamptz, PRIMARY KEY (region, node_id));
                        CREATE TABLE provisioner.kubernetes_workload (
                          region text, node_id text, allocatable json, capacity json, taints json, labels json,
                          unschedulable boolean, requested_cpu bigint, requested_memory bigint, requested_storage bigint,
                          pods integer, applications json, PRIMARY KEY (region, node_id))""").update();
    }

    void clear() {
        jdbc.sql("""
                        TRUNCATE provisioner.observed_cluster, provisioner.kubernetes_node,
                                 provisioner.kubernetes_heartbeat, provisioner.kubernetes_workload""").update();
    }

    /** How many seconds ago the cluster last told everything, and how many ago anything of its pods. */
    void cluster(int secondsAgo, int podsSecondsAgo) {
        jdbc.sql("INSERT INTO provisioner.observed_cluster VALUES ('us-west-2', ?::timestamptz, ?::timestamptz)")
                .params(ago(secondsAgo), ago(podsSecondsAgo))
                .update();
    }

    /** A Ready node with a heartbeat of now, of 3.8 cores, 7.5 GiB of memory, 90 GiB of storage and 110 pods. */
    void node(String id, long requestedMilliCpu, long requestedGib, int pods) {
        jdbc.sql("INSERT INTO provisioner.kubernetes_node VALUES ('us-west-2', ?, true)")
                .param(id)
                .update();
        jdbc.sql("INSERT INTO provisioner.kubernetes_heartbeat VALUES ('us-west-2', ?, ?::timestamptz)")
                .params(id, ago(0))
                .update();
        jdbc.sql("""
                        INSERT INTO provisioner.kubernetes_workload VALUES ('us-west-2', ?,
                          '{"cpu":"3800m","ephemeral-storage":"96636764160","memory":"7864320Ki","pods":"110"}',
                          '{"cpu":"4","ephemeral-storage":"104857600Ki","memory":"8388608Ki","pods":"110"}',
                          '[{"key":"dedicated","value":"backend","effect":"NoSchedule"}]',
                          '{"node-type":"dedicated","workspace":"ws-123"}', false, ?, ? * %s, 0, ?,
                          '[{"id":"shop/backend-api","name":"backend-api","pods":3}]')""".formatted(GIB))
                .params(List.of(id, requestedMilliCpu, requestedGib, pods))
                .update();
    }

    /** Changes every row. */
    void set(String table, String change) {
        jdbc.sql("UPDATE provisioner.%s SET %s".formatted(table, change)).update();
    }

    private static String ago(int seconds) {
        return Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .minusSeconds(seconds)
                .toString();
    }
}
