package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults to come to the simulated cluster, in the words of tests. */
final class Trouble {
    private static final int ALWAYS = 0;

    private Trouble() {}

    /** The next request of this kind is refused with this text. */
    static Fault refused(String method, String path, String reason) {
        return fault(FaultKind.STATUS, method, path, reason, 1);
    }

    /** Every request of this kind is refused with this text. */
    static Fault alwaysRefused(String method, String path, String reason) {
        return fault(FaultKind.STATUS, method, path, reason, ALWAYS);
    }

    /** The next task that such a request starts fails with this exit status. */
    static Fault failingTask(String method, String path, String exitStatus) {
        return fault(FaultKind.TASK_FAILURE, method, path, exitStatus, 1);
    }

    /** The next task that such a request starts never ends. */
    static Fault hangingTask(String method, String path) {
        return fault(FaultKind.TASK_HANG, method, path, null, 1);
    }

    /** The next request is done and not answered. */
    static Fault lostAnswer(String method, String path) {
        return fault(FaultKind.LOST_REPLY, method, path, null, 1);
    }

    /** The machine's lock can't be had so many times. */
    static Fault lockTaken(String method, String path, int times) {
        return fault(FaultKind.LOCK, method, path, null, times);
    }

    /** A host can't be reached by the others so many times. */
    static Fault unreachable(String path, int times) {
        return fault(FaultKind.PARTITION, null, path, null, times);
    }

    /** A host can't be reached by the others. */
    static Fault unreachable(String path) {
        return unreachable(path, ALWAYS);
    }

    /** The cluster lists nothing, as for a token that may see nothing. */
    static Fault nothingListed() {
        return fault(FaultKind.EMPTY_LIST, "GET", "/cluster/resources", null, ALWAYS);
    }

    /** A machine may not be looked at. */
    static Fault denied(String path) {
        return fault(FaultKind.DENIED, null, path, null, ALWAYS);
    }

    private static Fault fault(
            FaultKind kind, @Nullable String method, String path, @Nullable String reason, int times) {
        return new Fault(kind, method, Pattern.compile(path), 500, reason, times, Duration.ZERO);
    }
}
