package io.nodeledger.simulators.proxmox.task;

import java.util.List;

/** What one type of task does. A task that a restart interrupted goes on with its first step that is not done. */
public interface Work {
    /** Locks held from before the first step until the end, taken in this order. */
    List<Locks.Wanted> locks(Task task);

    /** The steps, asked for once the locks are held. */
    List<Step> steps(Task task) throws TaskFailed;

    /** Cleans up after a step that failed. */
    default void failed(Task task) {}
}
