package io.nodeledger.simulators.fault;

import io.nodeledger.simulators.request.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The failures that are to come to one simulator. They are gone when they have happened, and with the process. */
public final class Faults {
    private final Target target;
    private final Map<String, PlannedFault> planned = new LinkedHashMap<>();
    private final List<Consumer<Fault>> listeners = new CopyOnWriteArrayList<>();

    public Faults(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }

    /** Answers the id it can be removed by. */
    public String add(Fault fault) {
        if (!fault.kind().happensTo(target)) {
            throw new IllegalArgumentException(
                    target.word() + " knows no " + fault.kind().word());
        }
        PlannedFault plan = new PlannedFault(UUID.randomUUID().toString(), fault, 0);
        synchronized (this) {
            planned.put(plan.id(), plan);
        }
        listeners.forEach(listener -> listener.accept(fault));
        return plan.id();
    }

    /** Those still to come, in the order of adding. */
    public synchronized List<PlannedFault> all() {
        return List.copyOf(planned.values());
    }

    /** False when there is no such fault any more. */
    public synchronized boolean remove(String id) {
        return planned.remove(id) != null;
    }

    public synchronized void clear() {
        planned.clear();
    }

    /** Lets the first fault of these kinds happen that concerns such a request. */
    public synchronized Optional<Fault> take(
            String method, String path, @Nullable String query, Predicate<FaultKind> kinds) {
        Optional<PlannedFault> found = planned.values().stream()
                .filter(plan -> kinds.test(plan.fault().kind()) && plan.fault().concerns(method, path, query))
                .findFirst();
        found.map(PlannedFault::again)
                .ifPresent(plan -> planned.compute(plan.id(), (_, _) -> plan.usedUp() ? null : plan));
        return found.map(PlannedFault::fault);
    }

    /** Whether such a request would meet a fault of this kind now; nothing happens by asking. */
    public synchronized boolean threatens(FaultKind kind, String method, String path) {
        return planned.values().stream()
                .map(PlannedFault::fault)
                .anyMatch(fault -> fault.kind() == kind && fault.concerns(method, path, null));
    }

    /** Tells of every fault that is added from now on. */
    public void onAdded(Consumer<Fault> listener) {
        listeners.add(listener);
    }
}
