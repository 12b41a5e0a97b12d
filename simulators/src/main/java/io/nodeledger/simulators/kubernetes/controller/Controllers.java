package io.nodeledger.simulators.kubernetes.controller;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.kubelet.Kubelets;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.scheduling.Scheduler;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;

/** The control plane: which controllers run, in which order, and what wakes them. */
public final class Controllers {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(200);
    private static final Duration EVENT_EXPIRY = Duration.ofMinutes(1);

    private Controllers() {}

    public static void start(
            ObjectStore store, Admission admission, ControlLoop loop, EventRecorder events, Kubelets kubelets) {
        Owners owners = new Owners(store, admission, events);
        GarbageCollector garbage = new GarbageCollector(store);
        loop.add(new NodeLifecycle(store, loop, events));
        loop.add(new TaintEviction(store, loop, events));
        loop.add(new PodCollector(store, loop, events));
        loop.add(garbage);
        loop.add(new TokenCleaner(store));
        loop.add(new ProportionalReplicas(store));
        loop.add(new Deployments(owners));
        loop.add(new ReplicaSets(owners));
        loop.add(new StatefulSets(owners));
        loop.add(new DaemonSets(owners));
        loop.add(new Jobs(owners));
        loop.add(new Scheduler(store, events));
        loop.add(kubelets::sync);
        loop.add(new BudgetStatus(store));
        store.listen(change -> {
            garbage.noticed(change);
            if (change.resource() != Resource.LEASES && change.resource() != Resource.EVENTS) {
                loop.trigger();
            }
        });
        Duration tick = loop.scaled(TICK, SHORTEST_TICK);
        loop.every(tick.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : tick, loop::trigger);
        loop.every(EVENT_EXPIRY, events::expire);
        loop.trigger();
    }
}
