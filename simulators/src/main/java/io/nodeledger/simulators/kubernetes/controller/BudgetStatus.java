package io.nodeledger.simulators.kubernetes.controller;

import io.nodeledger.simulators.kubernetes.eviction.Budgets;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;

/** Keeps the status of disruption budgets true. */
final class BudgetStatus implements Runnable {
    private final ObjectStore store;

    BudgetStatus(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void run() {
        store.list(Resource.BUDGETS)
                .forEach(budget -> store.exclusively(() -> {
                    store.find(Resource.BUDGETS, ObjectKey.of(budget)).ifPresent(b -> Budgets.recomputed(store, b));
                    return true;
                }));
    }
}
