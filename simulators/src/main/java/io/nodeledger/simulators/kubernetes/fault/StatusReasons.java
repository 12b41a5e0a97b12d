package io.nodeledger.simulators.kubernetes.fault;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.kubernetes.api.ApiPath;
import io.nodeledger.simulators.kubernetes.api.ApiRequest;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code Status} that the API server gives with an HTTP status, unless the fault words it otherwise. */
final class StatusReasons {
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Map<Integer, List<String>> USUAL = Map.ofEntries(
            usual(400, "BadRequest", "the server rejected our request for an unknown reason"),
            usual(401, "Unauthorized", "Unauthorized"),
            usual(403, "Forbidden", "forbidden"),
            usual(404, "NotFound", "the server could not find the requested resource"),
            usual(
                    CONFLICT,
                    "Conflict",
                    "the object has been modified; please apply your changes to the latest version" + " and try again"),
            usual(410, "Expired", "The resourceVersion for the provided watch is too old."),
            usual(422, "Invalid", "the server rejected our request due to an error in our request"),
            usual(TOO_MANY_REQUESTS, "TooManyRequests", "too many requests, please try again later"),
            usual(500, "InternalError", "Internal error occurred: etcdserver: request timed out"),
            usual(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
            usual(
                    504,
                    "Timeout",
                    "the server was unable to return a response in the time allotted, but may still be"
                            + " processing the request"));
    private static final Set<String> MORE = Set.of("AlreadyExists", "Gone", "ServerTimeout");

    private StatusReasons() {}

    static ApiError of(Fault fault, ApiRequest request) {
        List<String> usual = USUAL.getOrDefault(
                fault.status(), List.of("Unknown", "the server responded with the status code " + fault.status()));
        boolean isReason = MORE.contains(fault.reasonOr(""))
                || USUAL.values().stream().map(List::getFirst).anyMatch(fault.reasonOr("")::equals);
        String reason = isReason ? fault.reasonOr("") : usual.getFirst();
        String message = isReason ? usual.getLast() : fault.reasonOr(usual.getLast());
        Optional<ApiPath> object = request.resource().filter(path -> !path.collection());
        if (fault.status() == CONFLICT && reason.equals("Conflict") && object.isPresent()) {
            return ApiError.conflict(object.get().resource(), object.get().name(), message);
        }
        return fault.status() == TOO_MANY_REQUESTS
                ? ApiError.tooManyRequests(message, RETRY_AFTER_SECONDS, List.of())
                : ApiError.of(fault.status(), reason, message);
    }

    private static Map.Entry<Integer, List<String>> usual(int status, String reason, String message) {
        return Map.entry(status, List.of(reason, message));
    }
}
