package io.nodeledger.model.life;

import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody does to a node, to its machine or to the platform. */
sealed interface Act {
    /** Which version the caller believes the node to have. */
    enum Belief {
        NONE,
        CURRENT,
        STALE
    }

    /** How an attempt at a step goes. */
    enum Luck {
        GOOD,
        /** It failed and changed nothing. */
        FAILED,
        /** It failed although it had its effect. */
        FAILED_LATE,
        /** Nobody knows how to go on. */
        STUCK,
        DELAYED,
        /** The machine's number turned out to be somebody else's. */
        TAKEN,
        /** An outcome is reported once more, or of an operation that has ended. */
        REPEATED
    }

    record Start(Belief belief) implements Act {}

    record Stop(boolean drain, boolean force, Belief belief) implements Act {}

    record Reboot(boolean drain, boolean force, Belief belief) implements Act {}

    record Delete(boolean force, Belief belief) implements Act {}

    record Retry(Belief belief) implements Act {}

    record Relabel(
            Map<String, Optional<String>> labels, @Nullable List<Taint> taints, Belief belief) implements Act {}

    /**
     * The running operation is called off.
     *
     * @param past whether one is named that has ended
     */
    record Cancel(boolean past) implements Act {}

    record Work(Luck luck) implements Act {}

    /** Somebody looks at the machine. */
    record Look() implements Act {}

    /** Somebody looks at the cluster. */
    record LookAtKubernetes(int sees) implements Act {}

    /** The power button, pressed behind the platform's back. */
    record PressButton() implements Act {}

    /** The machine is destroyed behind the platform's back. */
    record Vanish() implements Act {}

    record Suspend(boolean suspended) implements Act {}

    /** Another node takes the workspace's credits, or gives them back. */
    record Rival() implements Act {}

    /** What is known is read anew, from a snapshot and what came after it or from the events alone. */
    record Restart(boolean snapshot) implements Act {}
}
