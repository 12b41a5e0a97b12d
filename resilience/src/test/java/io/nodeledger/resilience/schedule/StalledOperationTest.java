package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that get lost, by an accident or by hand, leave no operation unfinished. */
@Execution(ExecutionMode.CONCURRENT)
class StalledOperationTest {
    @TempDir
    private Path folder;

    @Test
    void anOperationWhoseSagaAndActivityAreGoneComesToItsEnd() throws Exception {
        var database = PostgresServer.newDatabase();
        try (var harness = Harness.in(folder, database)) {
            // given
            var node = new NodeScript(harness.stores());
            harness.world().proxmox().faults().add(Fault.always(FaultKind.PARTITION, "/clone$"));
            node.provision(harness.life());
            assertThat(harness.until(
                            () -> harness.world().proxmox().faults().all().stream()
                                    .anyMatch(fault -> fault.happened() > 0),
                            () -> {}))
                    .isTrue();
            harness.stop();

            // when
            JdbcClient.create(database.dataSource()).sql("""
                            delete from provisioner.scheduled_tasks;
                            delete from provisioner.association_value_entry;
                            delete from provisioner.saga_entry""").update();
            harness.world().proxmox().faults().clear();
            harness.begin();

            // then
            assertThat(harness.until(() -> node.story().status().equals("running"), () -> {}))
                    .isTrue();
            assertThat(harness.violationsOnceQuiet()).isEmpty();
        }
    }
}
