package io.nodeledger.base.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/** Counts and times commands: {@code nodeledger.commands}, by command and outcome. */
final class CommandTimings implements MessageMonitor<CommandMessage<?>> {

    private final MeterRegistry meters;

    CommandTimings(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public MonitorCallback onMessageIngested(CommandMessage<?> command) {
        var began = System.nanoTime();
        var name = command.getPayloadType().getSimpleName();
        return new MonitorCallback() {
            @Override
            public void reportSuccess() {
                record("done");
            }

            @Override
            public void reportFailure(@Nullable Throwable cause) {
                record(Conflicts.isConflict(cause) ? "conflict" : "failed");
            }

            @Override
            public void reportIgnored() {
                record("ignored");
            }

            private void record(String outcome) {
                Timer.builder("nodeledger.commands")
                        .description("Commands handled, by command and outcome")
                        .tag("command", name)
                        .tag("outcome", outcome)
                        .register(meters)
                        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        };
    }
}
