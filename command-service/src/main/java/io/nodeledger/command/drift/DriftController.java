package io.nodeledger.command.drift;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.idempotency.IdempotencyKey;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.security.CurrentCaller;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.RequestIds;
import io.nodeledger.events.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/admin/drift/{region}/accept}: say that what the breaker holds back is real. */
@RestController
public final class DriftController {
    private static final Logger log = LoggerFactory.getLogger(DriftController.class);
    private static final Refusal NOTHING_HELD_BACK =
            new Refusal.InvalidState("nothing_held_back", List.of("held_back"));

    private static final String NO_WORKSPACE = "";

    private final HeldBackChanges changes;
    private final RepeatableCalls calls;
    private final Clock clock;

    public DriftController(HeldBackChanges changes, RepeatableCalls calls, Clock clock) {
        this.changes = changes;
        this.calls = calls;
        this.clock = clock;
    }

    @PostMapping("/api/v1/admin/drift/{region}/accept")
    @Requires(Permission.PLATFORM_ADMIN)
    ResponseEntity<Data<Acceptance>> accept(HttpServletRequest request, @PathVariable String region) {
        String by = CurrentCaller.get().id();
        var acceptance = calls.change(
                IdempotencyKey.of(request, NO_WORKSPACE),
                Acceptance.class,
                () -> accepted(region, by, RequestIds.of(request)));
        return ResponseEntity.accepted().contentType(MediaType.APPLICATION_JSON).body(new Data<>(acceptance));
    }

    private Acceptance accepted(String region, String by, String requestId) {
        if (!changes.knows(region)) {
            throw new ApiException(ApiError.notFound("region", region));
        }
        int accepted = changes.accept(region, by, requestId, clock.instant())
                .orElseThrow(() -> CommandDispatch.refused(NOTHING_HELD_BACK));
        log.warn("{} accepts {} changes that were found in region {}", by, accepted, region);
        return new Acceptance(region, accepted);
    }

    /** What the next pass may do. */
    record Acceptance(String region, int acceptedChanges) {}
}
