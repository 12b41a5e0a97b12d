package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress.Moved;
import io.nodeledger.provisioner.kubernetes.migration.WorkloadName;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Patience runs out by this number: it changes when workloads get on, and not when regions are looked at in turns. */
class WorkloadTableTest {
    private static final WorkloadName WEB = new WorkloadName("ws-1", "Deployment", "web");

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

    @Test
    void theMostThatWasEverSteadyIsRemembered() {
        for (int steady : List.of(0, 2, 1)) {
            table.save("trans-2", "us-west-2", progress(0, 0, steady));
        }

        assertThat(table.steady("trans-2", "us-west-2")).isEqualTo(Map.of(WEB, 2));
        assertThat(table.steady("trans-2", "eu-west-1")).isEmpty();
    }

    private static void save(String region, int moved, int ready) {
        table.save("trans-1", region, progress(moved, ready, ready));
    }

    private static MoveProgress progress(int moved, int ready, int steady) {
        return new MoveProgress(List.of(new Moved(WEB, 3, moved, ready)), List.of(), List.of(), Map.of(WEB, steady));
    }
}
