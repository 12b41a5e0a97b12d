package io.nodeledger.base.metrics;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts what has happened for good: what is rolled back and tried again is not counted, nor counted twice. */
public final class Committed {
    private Committed() {}

    /** Does it once the caller's transaction has committed, at once when there is none. */
    public static void then(Runnable count) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            count.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                count.run();
            }
        });
    }
}
