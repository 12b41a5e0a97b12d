package io.nodeledger.command.stock;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What of each plan's stock is used up: nodes that the read model has counted, nodes admitted here that it has not counted
 * yet, and places that requests hold while they are decided. So an instance by itself never admits more than there are.
 * Several together may, by what the others admitted since the last count.
 */
final class PlanStock {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition decided = lock.newCondition();
    private final Map<Place, Integer> held = new HashMap<>();
    private final Map<String, Place> admitted = new HashMap<>();
    private Map<Place, Long> counted = Map.of();

    /** @param patience how long a request for a place that others hold waits for what becomes of them */
    PlanStock(Duration patience) {
        this.patience = patience;
    }

    /**
     * Holds a place for a node, and answers in which regions, until it is released. Who finds all places held waits: one of the requests that hold
     * them may yet be refused for another reason.
     *
     * @param region null when only the model knows where the node goes: a place in each region is held then
     */
    Set<String> hold(NodePlan plan, @Nullable String region) {
        List<String> wanted = limited(plan, region);
        lock.lock();
        try {
            awaitDecisions(plan, wanted);
            var regions = new HashSet<String>();
            for (String each : wanted) {
                if (room(plan, each) > 0) {
                    held.merge(new Place(plan.id(), each), 1, Integer::sum);
                    regions.add(each);
                }
            }
            return Set.copyOf(regions);
        } finally {
            lock.unlock();
        }
    }

    /** Regions whose places are counted, among those that the node may go to. */
    static List<String> limited(NodePlan plan, @Nullable String region) {
        return plan.stock().keySet().stream()
                .filter(limited -> region == null || region.equals(limited))
                .toList();
    }

    /**
     * Takes a count.
     *
     * @param seen nodes that are in it for sure
     */
    void count(Map<Place, Long> nodes, Set<String> seen) {
        lock.lock();
        try {
            counted = Map.copyOf(nodes);
            admitted.keySet().removeAll(seen);
            decided.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nodes that no count has had yet. */
    Set<String> uncounted() {
        lock.lock();
        try {
            return Set.copyOf(admitted.keySet());
        } finally {
            lock.unlock();
        }
    }

    void admit(String nodeId, Place place) {
        lock.lock();
        try {
            admitted.put(nodeId, place);
        } finally {
            lock.unlock();
        }
    }

    void release(String planId, Set<String> regions) {
        lock.lock();
        try {
            regions.forEach(region ->
                    held.computeIfPresent(new Place(planId, region), (_, number) -> number == 1 ? null : number - 1));
            decided.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitDecisions(NodePlan plan, List<String> wanted) {
        long left = patience.toNanos();
        while (left > 0 && wanted.stream().anyMatch(region -> isUndecided(plan, region))) {
            try {
                left = decided.awaitNanos(left);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isUndecided(NodePlan plan, String region) {
        return room(plan, region) <= 0 && held.containsKey(new Place(plan.id(), region));
    }

    private long room(NodePlan plan, String region) {
        var place = new Place(plan.id(), region);
        long most = plan.stockIn(region).orElse(Integer.MAX_VALUE);
        long here = admitted.values().stream().filter(place::equals).count();
        return most - counted.getOrDefault(place, 0L) - here - held.getOrDefault(place, 0);
    }
}
