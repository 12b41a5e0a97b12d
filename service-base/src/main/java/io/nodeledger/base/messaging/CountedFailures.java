package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/** Counts batches that fail, and lets the failure go on, so that they are tried again. */
final class CountedFailures implements ErrorHandler {
    private final Counter failures;

    CountedFailures(String processor, MeterRegistry meters) {
        this.failures = Counter.builder("nodeledger.processor.failures")
                .description("Batches of a processor that have failed and are tried again")
                .tag("processor", processor)
                .register(meters);
    }

    @Override
    public void handleError(ErrorContext failed) throws Exception {
        failures.increment();
        PropagatingErrorHandler.instance().handleError(failed);
    }
}
