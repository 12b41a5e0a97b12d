package io.nodeledger.query.paging;

import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.eventstore.EventPosition.Decoded;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.query.projection.ReadPositions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Read your writes: a read that carries the {@code X-Event-Position} of a write as {@code X-Min-Event-Position} waits
 * until it would see that write, and is refused with 503 when that takes too long.
 */
public final class MinPositionInterceptor implements HandlerInterceptor {
    private static final String HEADER = "X-Min-Event-Position";
    private static final String QUERIES = "io.nodeledger.query.";
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final ReadPositions positions;
    private final Epochs epochs;

    public MinPositionInterceptor(ReadPositions positions, Epochs epochs) {
        this.positions = positions;
        this.epochs = epochs;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var wished = request.getHeader(HEADER);
        if (wished == null || !isRead(request, handler)) {
            return true;
        }
        switch (EventPosition.decode(wished)) {
            case Decoded.Malformed(String reason) ->
                throw new ApiException(ApiError.validation(HEADER, "malformed", reason));
            case Decoded.Valid(EventPosition position) -> {
                if (!positions.await(position)) {
                    if (!positions.names(position)) {
                        epochs.requireWhole(HEADER);
                    }
                    throw new ApiException(ApiError.unavailable(TRY_AGAIN));
                }
            }
        }
        return true;
    }

    /** What this service is asked by POST is a read too. */
    private static boolean isRead(HttpServletRequest request, Object handler) {
        boolean ownRoute = handler instanceof HandlerMethod route
                && route.getBeanType().getPackageName().startsWith(QUERIES);
        return ownRoute || "GET".equals(request.getMethod());
    }
}
