package io.nodeledger.benchmarks.lag;

import java.util.function.Consumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;

/** The event handler of both sides. */
@ProcessingGroup(TickReader.GROUP)
public final class TickReader {

    static final String GROUP = "ticks";

    private final Consumer<Tick> consumer;

    TickReader(Consumer<Tick> consumer) {
        this.consumer = consumer;
    }

    @EventHandler
    public void on(Tick tick) {
        consumer.accept(tick);
    }
}
