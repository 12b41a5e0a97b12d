package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.metrics.OperationTimes.Ended;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.operation.OperationType;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;

/**
 * Counts operations where they are decided, by the events that this instance appends; a rebuild appends none. Those that have
 * ended are counted with the time that they took, by {@link OperationTimes}.
 */
final class OperationMeters implements Consumer<List<? extends EventMessage<?>>> {
    private final MeterRegistry meters;
    private final OperationTimes times;

    OperationMeters(MeterRegistry meters, OperationTimes times) {
        this.meters = meters;
        this.times = times;
    }

    @Override
    public void accept(List<? extends EventMessage<?>> appended) {
        for (EventMessage<?> message : appended) {
            if (message.getPayload() instanceof NodeEvent event) {
                OperationFacts.begun(event).ifPresent(type -> Committed.then(() -> begun(type)));
                OperationEnd.in(event)
                        .map(end -> new Ended(end, OperationFacts.code(event), message.getTimestamp()))
                        .ifPresent(ended -> Committed.then(() -> times.ended(ended)));
            }
        }
    }

    private void begun(OperationType type) {
        Counter.builder("nodeledger.operations.begun")
                .description("Operations that have begun, by type")
                .tag("type", type.word())
                .register(meters)
                .increment();
    }
}
