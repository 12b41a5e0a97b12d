package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A fresh database with this package's tables. */
public final class ProvisionerDatabase {
    public final JdbcClient jdbc;
    public final JdbcTransactionManager transactions;

    public ProvisionerDatabase() {
        DataSource source = PostgresServer.newDatabase().keptConnections();
        jdbc = JdbcClient.create(source);
        transactions = new JdbcTransactionManager(source);
        jdbc.sql("create schema provisioner").update();
        jdbc.sql(migration("V2__machine_ids.sql")).update();
        jdbc.sql(migration("V3__region_capacity.sql")).update();
        jdbc.sql("set search_path to provisioner;" + migration("V9__operation_durations.sql"))
                .update();
    }

    public JdbcMachineIds machineIds() {
        return new JdbcMachineIds(jdbc, transactions);
    }

    private static String migration(String name) {
        var resource = ProvisionerDatabase.class.getResourceAsStream("/db/provisioner/" + name);
        try (var in = Objects.requireNonNull(resource, name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
