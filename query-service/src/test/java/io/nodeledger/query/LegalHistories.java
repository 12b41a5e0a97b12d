package io.nodeledger.query;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.util.Random;

/** What may happen to a node after its provisioning has begun. */
public final class LegalHistories {
    private LegalHistories() {}

    /** One of several ways to go on. */
    public static History continued(Random random, History history) {
        switch (random.nextInt(8)) {
            case 0 -> history.done(Step.ALLOCATE).waiting(Step.CLONE, 1, "busy");
            case 1 -> history.done(Step.ALLOCATE).idTaken().succeed();
            case 2 ->
                history.done(Step.ALLOCATE)
                        .failed(Step.CLONE)
                        .done(Step.DESTROY)
                        .provisioningFailed(Step.CLONE);
            case 3 ->
                history.done(Step.ALLOCATE)
                        .cancelled()
                        .delete(NodeStatus.PROVISIONING)
                        .force()
                        .gone();
            case 4 ->
                history.succeed()
                        .foundOff()
                        .foundOn()
                        .migrated()
                        .kubernetesLost()
                        .kubernetesRecovered()
                        .vanished(Duration.ofSeconds(30));
            case 5 ->
                history.succeed()
                        .vanished(Duration.ofSeconds(30))
                        .delete(NodeStatus.ERROR)
                        .gone()
                        .orphanRemoved();
            case 6 ->
                history.succeed()
                        .kubernetesRenamed()
                        .foundOff()
                        .delete(NodeStatus.STOPPED)
                        .gone();
            default ->
                history.succeed().delete(NodeStatus.RUNNING).failed(Step.DRAIN).deletionFailed();
        }
        return history;
    }
}
