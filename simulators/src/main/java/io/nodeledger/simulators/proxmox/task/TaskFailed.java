package io.nodeledger.simulators.proxmox.task;

/** A task's work that went wrong; the message becomes its exit status. */
public final class TaskFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskFailed(String exitStatus) {
        super(exitStatus, null, false, false);
    }

    public String exitStatus() {
        return String.valueOf(getMessage());
    }
}
