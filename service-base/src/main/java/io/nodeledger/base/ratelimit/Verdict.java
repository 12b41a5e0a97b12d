package io.nodeledger.base.ratelimit;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of a request's count (source: API decisions, "Envelope and errors";
 * draft-ietf-httpapi-ratelimit-headers).
 *
 * @param levels every quota that applies, the scarcest first
 * @param at when it was counted
 */
record Verdict(List<Level> levels, Instant at) {
    Verdict {
        levels = levels.stream()
                .sorted(Comparator.comparing(Level::within).thenComparingDouble(Level::share))
                .toList();
    }

    /** Tells the caller what is left. */
    void writeTo(HttpServletResponse response) {
        var scarcest = levels.getFirst();
        long reset = at.plusSeconds(Level.seconds(scarcest.full())).getEpochSecond();
        response.setHeader("X-RateLimit-Limit", Long.toString(scarcest.quota().limit()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(scarcest.remaining()));
        response.setHeader("X-RateLimit-Reset", Long.toString(reset));
        response.setHeader(
                "RateLimit-Policy",
                list(level -> "q=" + level.quota().limit() + ";w="
                        + level.quota().window().toSeconds()));
        response.setHeader("RateLimit", list(level -> "r=" + level.remaining() + ";t=" + Level.seconds(level.full())));
    }

    /** The error when it was one request too many. */
    Optional<ApiError> error() {
        return levels.stream().filter(level -> !level.within()).findFirst().map(Verdict::tooMany);
    }

    private static ApiError tooMany(Level exceeded) {
        long retry = Math.max(1, Level.seconds(exceeded.next()));
        var details = new LinkedHashMap<String, Object>();
        details.put("limit", exceeded.quota().limit());
        details.put("window", exceeded.quota().window().toSeconds());
        details.put("retry_after", retry);
        return new ApiError(ErrorCode.RATE_LIMIT_EXCEEDED, "Too many requests", details)
                .withHeader("Retry-After", Long.toString(retry));
    }

    private String list(Function<Level, String> parameters) {
        return levels.stream()
                .map(level -> '"' + level.quota().name() + "\";" + parameters.apply(level))
                .collect(Collectors.joining(", "));
    }
}
