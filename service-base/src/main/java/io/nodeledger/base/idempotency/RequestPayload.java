package io.nodeledger.base.idempotency;

import io.nodeledger.base.web.RequestBodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whether two requests ask for the same. The order of query parameters and of JSON members, and white space, are
 * the client library's choice and say nothing.
 */
final class RequestPayload {
    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private RequestPayload() {}

    static Digest digest(HttpServletRequest request) {
        return Digest.of(
                request.getMethod(),
                request.getRequestURI(),
                canonical(request.getQueryString()),
                RequestBodyReader.bodyOf(request)
                        .map(CANONICAL::writeValueAsString)
                        .orElseGet(() -> unread(request)));
    }

    /** A route without a body takes one too, and it is part of what was sent. */
    private static String unread(HttpServletRequest request) {
        try {
            byte[] body = request.getInputStream().readNBytes(RequestBodyReader.LARGEST_BODY);
            return new String(body, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            throw new UncheckedIOException("the caller went away", gone);
        }
    }

    /** As sent but for the order of the parameters. */
    private static String canonical(@Nullable String query) {
        return query == null ? "" : Arrays.stream(query.split("&", -1)).sorted().collect(Collectors.joining("&"));
    }
}
