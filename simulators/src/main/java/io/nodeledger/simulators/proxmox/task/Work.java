package io.nodeledger.simulators.proxmox.task;

import java.util.List;

/** What one type of task does. A task that a restart interrupted goes on with its first step that is not done. */
public interface Work {
    /** Locks held from before the first step until the end, taken in this order. */
    List<Locks.Wanted> locks(Task task);

    /** Locks that are held only while it {@linkplain #begin begins}, taken after the others. */
    default List<Locks.Wanted> locksToBegin(Task task) {
        return List.of();
    }

    /** What it does as soon as it has its locks, once, whatever goes wrong after that. */
    default void begin(Task task) throws TaskFailed {}

    /** What it ends with when it can't have a lock, or when it is made to fail for that reason. */
    default TaskFailed failure(Task task, String reason) {
        return new TaskFailed(reason);
    }

    /** The steps, asked for once the locks are held. */
    List<Step> steps(Task task) throws TaskFailed;

    /** Cleans up after a step that failed. */
    default void failed(Task task) {}
}
