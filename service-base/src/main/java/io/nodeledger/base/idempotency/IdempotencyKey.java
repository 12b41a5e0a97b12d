package io.nodeledger.base.idempotency;

import io.nodeledger.base.messaging.Causation;
import io.nodeledger.base.security.CurrentCaller;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The caller's name for one wish, so that repeating the request repeats the answer and nothing else (source: API
 * decisions, "Operations"; rulings 15).
 *
 * @param value the header as the caller sent it
 * @param scope whose key it is and for what: digest of principal, workspace, method, path and key
 * @param payload what was asked: digest of method, path, query and body
 */
public record IdempotencyKey(String value, Digest scope, Digest payload) {
    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    /** Under this name the key travels with the command, and no further. */
    static final String METADATA = Causation.OWN + "idempotency";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");
    private static final Set<String> REPEATABLE_BY_KEY = Set.of("POST", "DELETE");

    /**
     * The request's key; none on methods that are safe to repeat without one.
     *
     * @param workspaceId empty for what concerns no workspace
     * @throws ApiException 400 {@code VALIDATION_ERROR} when the key is malformed
     */
    public static Optional<IdempotencyKey> of(HttpServletRequest request, String workspaceId) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        if (lines.isEmpty() || !REPEATABLE_BY_KEY.contains(request.getMethod())) {
            return Optional.empty();
        }
        String value = lines.getFirst();
        if (lines.size() > 1 || !PRINTABLE.matcher(value).matches()) {
            throw new ApiException(
                    ApiError.validation(HEADER, "malformed", "must be one key of 1-255 printable ASCII characters"));
        }
        Digest scope =
                Digest.of(CurrentCaller.get().id(), workspaceId, request.getMethod(), request.getRequestURI(), value);
        return Optional.of(new IdempotencyKey(value, scope, RequestPayload.digest(request)));
    }
}
