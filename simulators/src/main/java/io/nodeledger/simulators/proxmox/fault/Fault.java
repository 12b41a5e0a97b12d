package io.nodeledger.simulators.proxmox.fault;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure to come.
 *
 * @param kind what goes wrong
 * @param method the HTTP method it happens on; any when null
 * @param path found in the path below {@code /api2/json}
 * @param status the HTTP status of {@link FaultKind#STATUS}
 * @param reason the text of the reason phrase or exit status; a fitting one when null
 * @param times how often it happens; 0 means until it is removed
 * @param delay how much later the request is dealt with, in real time
 */
public record Fault(
        FaultKind kind,
        @Nullable String method,
        Pattern path,
        int status,
        @Nullable String reason,
        int times,
        Duration delay) {
    /** Happens once, on any method. */
    public static Fault once(FaultKind kind, String pathRegex) {
        return new Fault(kind, null, Pattern.compile(pathRegex), 500, null, 1, Duration.ZERO);
    }

    boolean concerns(String requestMethod, String requestPath) {
        return (method == null || method.equals(requestMethod))
                && path.matcher(requestPath).find();
    }

    String reasonOr(String otherwise) {
        return reason == null ? otherwise : reason;
    }
}
