package io.nodeledger.base.ratelimit;

import io.nodeledger.base.security.Caller;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.RequestLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.util.UriUtils;

/**
 * Counts requests per caller and per workspace, in memory alone (source: rulings 16). Without a valid token the address
 * counts. A workspace's quota is taken only by those who can see it, so that a stranger can't use it up.
 */
final class RateLimits implements RequestLimit {
    private static final String COUNTED = RateLimits.class.getName();
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern WORKSPACE = Pattern.compile("/api/v1/workspaces/([^/]+)(?:/.*)?");

    private final LocalBuckets buckets;
    private final Clock clock;
    private final Quota callerReads;
    private final Quota callerWrites;
    private final Quota workspaceReads;
    private final Quota workspaceWrites;
    private final Quota address;

    RateLimits(RateLimitSettings settings, LocalBuckets buckets, Clock clock) {
        this.buckets = buckets;
        this.clock = clock;
        this.callerReads = new Quota("caller-reads", settings.readsPerCaller(), settings.window());
        this.callerWrites = new Quota("caller-writes", settings.writesPerCaller(), settings.window());
        this.workspaceReads = new Quota("workspace-reads", settings.readsPerWorkspace(), settings.window());
        this.workspaceWrites = new Quota("workspace-writes", settings.writesPerWorkspace(), settings.window());
        this.address = new Quota("address", settings.perAddress(), settings.window());
    }

    @Override
    public Optional<ApiError> count(HttpServletRequest request, HttpServletResponse response) {
        var verdict = request.getAttribute(COUNTED) instanceof Verdict known ? known : counted(request);
        verdict.writeTo(response);
        return verdict.error();
    }

    private Verdict counted(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var verdict = new Verdict(
                authentication != null && authentication.getPrincipal() instanceof Caller caller
                        ? levels(request, caller)
                        : List.of(bucket(address, Address.networkOf(request.getRemoteAddr()))
                                .take()),
                clock.instant());
        request.setAttribute(COUNTED, verdict);
        return verdict;
    }

    private List<Level> levels(HttpServletRequest request, Caller caller) {
        boolean read = READS.contains(request.getMethod());
        var own = bucket(read ? callerReads : callerWrites, caller.id());
        var levels = new ArrayList<Level>();
        levels.add(own.take());
        var workspace = WORKSPACE.matcher(Objects.requireNonNullElse(request.getRequestURI(), ""));
        String workspaceId = workspace.matches() ? decoded(workspace.group(1)) : "";
        if (levels.getFirst().within() && !workspaceId.isEmpty() && caller.sees(workspaceId)) {
            var shared =
                    bucket(read ? workspaceReads : workspaceWrites, workspaceId).take();
            levels.add(shared);
            if (!shared.within()) {
                own.giveBack();
            }
        }
        return levels;
    }

    /** As the routes read it; what can't be decoded leads nowhere. */
    private static String decoded(String segment) {
        try {
            return UriUtils.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private LocalBucket bucket(Quota quota, String owner) {
        return buckets.of(quota, owner);
    }
}
