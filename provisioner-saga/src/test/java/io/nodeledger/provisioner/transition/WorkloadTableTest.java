package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress.Moved;
import io.nodeledger.provisioner.kubernetes.migration.WorkloadName;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Patience runs out by this number: it changes when workloads get on, and not when regions are looked at in turns. */
class WorkloadTableTest {
    private static WorkloadTable table;

    @BeforeAll
    static void migrate() {
        var database = ProvisionerSchema.newDatabase();
        table = new WorkloadTable(JdbcClient.create(database.keptConnections()));
    }

    @Test
    void nothingHasGotOnYet() {
        assertThat(table.progress("trans-none")).isZero();
    }

    @Test
    void aTransitionOfTwoRegionsGetsOnOnlyWithItsWorkloads() {
        // given
        save("us-west-2", 2, 1);
        save("eu-west-1", 1, 1);
        long before = table.progress("trans-1");

        // when
        save("us-west-2", 2, 1);
        long again = table.progress("trans-1");
        save("us-west-2", 2, 2);

        // then
        assertThat(again).isEqualTo(before);
        assertThat(table.progress("trans-1")).isNotEqualTo(before);
    }

    private static void save(String region, int moved, int ready) {
        var web = new WorkloadName("ws-1", "Deployment", "web");
        table.save("trans-1", region, new MoveProgress(List.of(new Moved(web, 3, moved, ready)), List.of(), List.of()));
    }
}
