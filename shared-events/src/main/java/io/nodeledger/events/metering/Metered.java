package io.nodeledger.events.metering;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** As what a node is billed. */
public enum Metered {
    /** At its plan's hourly rate: from its first being ready on, also while it is being stopped, rebooted or deleted. */
    RUNNING,
    /** At its plan's stopped rate, also while it is being started. */
    STOPPED,
    /** Not at all: not ready yet, in error, or gone (source: rulings, "State machine"). */
    OFF;

    /** As what a node is billed from the event on; empty when that stays as it was. */
    public static Optional<Metered> after(NodeEvent event) {
        return NodeStatus.after(event).flatMap(Metered::in);
    }

    private static Optional<Metered> in(NodeStatus status) {
        return switch (status) {
            case RUNNING -> Optional.of(RUNNING);
            case STOPPED -> Optional.of(STOPPED);
            case PROVISIONING, ERROR, DELETED -> Optional.of(OFF);
            case STARTING, STOPPING, REBOOTING, DELETING -> Optional.empty();
        };
    }

    /** Whether the event could only happen to a machine that was there. What failed, or was assumed, proves nothing. */
    public static boolean provesLife(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningCompleted _,
                    NodeEvent.MachineFoundOff _,
                    NodeEvent.MachineFoundOn _,
                    PowerEvent.NodeStarted _,
                    PowerEvent.NodeStopped _,
                    PowerEvent.NodeRebooted _ -> true;
            default -> false;
        };
    }

    /** USD per hour, by what was agreed for the node. */
    public BigDecimal rate(PlanTerms terms) {
        return switch (this) {
            case RUNNING -> terms.hourlyRate();
            case STOPPED -> terms.stoppedRate();
            case OFF -> BigDecimal.ZERO;
        };
    }

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
