package io.nodeledger.simulators.proxmox.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a task is made to go wrong: it takes its locks and then stands still.
 *
 * @param standsStill how long, in real time; for ever when null
 * @param exitStatus what it ends with then; when null it does its work then
 */
public record TaskFault(
        @Nullable Duration standsStill, @Nullable String exitStatus) {
    /** It never ends. */
    public static TaskFault standstill() {
        return new TaskFault(null, null);
    }

    /** It is as slow as that. */
    public static TaskFault standstill(Duration lasts) {
        return new TaskFault(lasts, null);
    }

    /** It fails after a while. */
    public static TaskFault failure(Duration after, String exitStatus) {
        return new TaskFault(after, exitStatus);
    }
}
