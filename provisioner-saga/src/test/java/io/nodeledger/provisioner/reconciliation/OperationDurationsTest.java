package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.node.Footprint;
import io.nodeledger.provisioner.proxmox.placement.ProvisionerDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The last durations of each kind of operation are kept, and no more of them than that. */
class OperationDurationsTest {
    private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");
    private static final KnownNode STOPPING =
            new KnownNode("node-1", "ws-1", "us-west-2", NodeStatus.STOPPING, "op-1", BEGUN, Footprint.NONE);

    private final ProvisionerDatabase database = new ProvisionerDatabase();
    private final OperationDurations durations = new OperationDurations(database.jdbc);

    @Test
    void whatSucceededIsKept() {
        durations.keep(STOPPING, stoppedAfter(1500));
        durations.keep(
                STOPPING,
                new PowerOperationFailed(
                        "node-1",
                        "ws-1",
                        "op-1",
                        OperationType.STOP,
                        NodeStatus.RUNNING,
                        Step.DRAIN,
                        "NO",
                        "no",
                        BEGUN.plusSeconds(9)));

        assertThat(database.jdbc
                        .sql("select type || ' ' || seconds from provisioner.operation_duration")
                        .query(String.class)
                        .list())
                .containsExactly("STOP 1.5");
    }

    @Test
    void theOldestAreOverwritten() {
        for (int i = 0; i < 450; i++) {
            durations.keep(STOPPING, stoppedAfter(i * 1000));
        }

        assertThat(database.jdbc
                        .sql("select count(*) || ' ' || min(seconds) from provisioner.operation_duration")
                        .query(String.class)
                        .single())
                .isEqualTo("200 250");
    }

    private static NodeEvent stoppedAfter(int millis) {
        return new NodeStopped("node-1", "ws-1", "op-1", BEGUN.plusMillis(millis));
    }
}
