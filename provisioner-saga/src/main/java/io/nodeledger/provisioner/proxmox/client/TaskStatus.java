package io.nodeledger.provisioner.proxmox.client;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How a task is doing.
 *
 * @param exitStatus absent while it runs; {@code OK}, {@code WARNINGS: n}, or the text of its failure
 */
public record TaskStatus(@Nullable String exitStatus) {
    /** A task that had nothing left to do. */
    public static final TaskStatus OK = new TaskStatus("OK");

    /** A task that still runs. */
    public static final TaskStatus RUNNING = new TaskStatus(null);

    /** Whether it still runs. */
    public boolean running() {
        return exitStatus == null;
    }

    /** Whether it has ended well; warnings count as well (source: drivers). */
    public boolean succeeded() {
        return exitStatus != null && (exitStatus.equals("OK") || exitStatus.startsWith("WARNINGS"));
    }

    /** The failure that a badly ended task stands for. */
    public ProxmoxFailure failure() {
        String text = exitStatus == null ? "still running" : exitStatus;
        return new ProxmoxFailure(exitStatus == null ? Kind.LOCKED : FailureSigns.ofExitStatus(text), text);
    }
}
