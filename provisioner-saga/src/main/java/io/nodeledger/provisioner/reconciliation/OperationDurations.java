package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.operation.OperationType;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps how long the last operations of each kind took, drains included; estimates are made of them. */
public final class OperationDurations {
    private static final int KEPT = 200;

    private final JdbcClient jdbc;

    public OperationDurations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the duration if the event is the success of an operation. */
    void keep(KnownNode before, NodeEvent event) {
        succeeded(event)
                .ifPresent(type -> keep(type.name(), Duration.between(before.settledAt(), event.effectiveAt())));
    }

    /** Keeps how long something of the kind took. */
    public void keep(String kind, Duration took) {
        jdbc.sql("""
                        insert into provisioner.operation_duration (type, slot, seconds)
                        values (?, nextval('provisioner.operation_duration_number') % ?, ?)
                        on conflict (type, slot) do update set seconds = excluded.seconds""").params(kind, KEPT, took.toMillis() / 1000.0).update();
    }

    private static Optional<OperationType> succeeded(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningCompleted _ -> Optional.of(OperationType.PROVISION);
            case NodeEvent.NodeDeleted _ -> Optional.of(OperationType.DELETE);
            case PowerEvent.NodeStarted _ -> Optional.of(OperationType.START);
            case PowerEvent.NodeStopped _ -> Optional.of(OperationType.STOP);
            case PowerEvent.NodeRebooted _ -> Optional.of(OperationType.REBOOT);
            case UpdateEvent.NodeUpdated _ -> Optional.of(OperationType.UPDATE);
            default -> Optional.empty();
        };
    }
}
