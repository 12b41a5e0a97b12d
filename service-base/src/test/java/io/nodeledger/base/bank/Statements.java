package io.nodeledger.base.bank;

import io.nodeledger.base.bank.BankMessages.Deposited;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;

/** A projection in memory: what was deposited, in the order of its arrival. */
@ProcessingGroup("statements")
public class Statements {

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** A deposit and when it was handled, in nanoseconds of this JVM. */
    public record Seen(String account, long nanos, EventMessage<?> message) {}

    /** Has the next deposit fail when it comes first. */
    public void failOnce() {
        failing.set(true);
    }

    @EventHandler
    public void on(Deposited event, EventMessage<?> message) {
        if (failing.getAndSet(false)) {
            throw new IllegalStateException("as it was told");
        }
        seen.add(new Seen(event.account(), System.nanoTime(), message));
    }

    public List<Seen> seen() {
        return seen;
    }
}
