package io.nodeledger.simulators.fault;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure to come.
 *
 * @param kind what goes wrong
 * @param method the HTTP method it happens on; any when null
 * @param path found in the request's path: for Proxmox the one below {@code /api2/json}; one that contains {@code \\?} in the
 *     path with its decoded query
 * @param status the HTTP status of {@link FaultKind#STATUS}
 * @param reason the text of the reason phrase, exit status or message; a fitting one when null
 * @param times how often it happens; 0 means until it is removed
 * @param delay how much later it happens, in real time
 */
public record Fault(
        FaultKind kind,
        @Nullable String method,
        Pattern path,
        int status,
        @Nullable String reason,
        int times,
        Duration delay) {
    private static final int INTERNAL_ERROR = 500;

    public Fault {
        if (times < 0 || delay.isNegative()) {
            throw new IllegalArgumentException("A fault happens neither " + times + " times nor " + delay + " later");
        }
    }

    /** Happens once, on any method. */
    public static Fault once(FaultKind kind, String pathRegex) {
        return always(kind, pathRegex).withTimes(1);
    }

    /** Happens until it is removed, on any method. */
    public static Fault always(FaultKind kind, String pathRegex) {
        return new Fault(kind, null, Pattern.compile(pathRegex), INTERNAL_ERROR, null, 0, Duration.ZERO);
    }

    public Fault withMethod(String changed) {
        return new Fault(kind, changed, path, status, reason, times, delay);
    }

    public Fault withStatus(int changed) {
        return new Fault(kind, method, path, changed, reason, times, delay);
    }

    public Fault withReason(String changed) {
        return new Fault(kind, method, path, status, changed, times, delay);
    }

    public Fault withTimes(int changed) {
        return new Fault(kind, method, path, status, reason, changed, delay);
    }

    public Fault withDelay(Duration changed) {
        return new Fault(kind, method, path, status, reason, times, changed);
    }

    /** Whether it can happen to such a request. */
    public boolean concerns(String requestMethod, String requestPath, @Nullable String query) {
        boolean asksForQuery = path.pattern().contains("\\?");
        String found = asksForQuery && query != null
                ? requestPath + "?" + URLDecoder.decode(query, StandardCharsets.UTF_8)
                : requestPath;
        return (method == null || method.equals(requestMethod))
                && path.matcher(found).find();
    }

    public String reasonOr(String otherwise) {
        return reason == null ? otherwise : reason;
    }
}
