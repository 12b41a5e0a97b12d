package io.nodeledger.events.transition;

import java.util.Locale;

/** What a transition is at: one of the things that are done for it, in their order, or that undo it. */
public enum TransitionStage {
    /** The window is waited for. */
    AWAIT_WINDOW,
    /** No node may begin anything of its own any more; those that do something are waited for. */
    RESERVE,
    /** New nodes are waited for. */
    PROVISION,
    /** Machines are backed up. */
    BACK_UP,
    /** It is found out what there is to move, and whether it can be. */
    PREPARE,
    /** Workloads are moved. */
    MIGRATE,
    /** The workspace's placement changes. From here on there is no way back. */
    SWITCH,
    /** Nodes that are no longer needed are deleted. */
    DELETE,
    /** Workloads are moved back to where they were. */
    MOVE_BACK,
    /** Nodes that were made in vain are deleted. */
    REMOVE,
    /** Nodes are their users' again. */
    GIVE_BACK,
    /** Nothing is left to do, nor to undo. */
    CONCLUDE;

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
