package io.nodeledger.query.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Gathers the events of a processor's batch and hands them over together right before the batch's transaction commits,
 * the one in which the token moves too.
 */
final class BatchCollector implements EventHandlerInvoker {
    private final String resource = "batch-" + System.identityHashCode(this);
    private final Consumer<List<StoredEvent>> project;

    BatchCollector(Consumer<List<StoredEvent>> project) {
        this.project = project;
    }

    /** A stream belongs to one segment, so that its events are folded in their order. */
    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        var stream = message instanceof DomainEventMessage<?> domain
                ? domain.getAggregateIdentifier()
                : message.getIdentifier();
        return segment.matches(stream.hashCode());
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        var work = CurrentUnitOfWork.get();
        List<StoredEvent> batch = work.getOrComputeResource(resource, _ -> {
            var gathered = new ArrayList<StoredEvent>();
            work.onPrepareCommit(_ -> project.accept(List.copyOf(gathered)));
            return gathered;
        });
        batch.add(StoredEvents.of(message));
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
