package io.nodeledger.query.transition;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.query.paging.TimeKey;
import io.nodeledger.query.transition.TransitionPresentation.Placed;
import io.nodeledger.query.transition.TransitionView.Workload;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Transitions of a workspace. What they cost and when they are done is estimated anew for each answer. */
@RestController
class TransitionsController {
    private static final Map<String, String> STATUSES = Arrays.stream(TransitionStatus.values())
            .map(TransitionStatus::word)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    private final TransitionQueries transitions;
    private final DurationQueries durations;
    private final WorkspaceQueries workspaces;
    private final Clock clock;

    TransitionsController(
            TransitionQueries transitions, DurationQueries durations, WorkspaceQueries workspaces, Clock clock) {
        this.transitions = transitions;
        this.durations = durations;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/transition")
    ResponseEntity<Data<List<TransitionView>>> list(@PathVariable String wsId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var statuses = query.words("status", STATUSES);
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, TransitionQueries.LIST, TimeKey::isKey);
        query.finish();
        var rows = transitions.list(wsId, statuses.orElse(List.of()), after, limit.orElse(CursorPage.DEFAULT_LIMIT));
        if (rows.items().isEmpty()) {
            workspaces.require(wsId);
        }
        var known = transitions.nodes(rows.items().stream()
                .flatMap(row -> row.transition().members().stream())
                .map(Member::nodeId)
                .collect(Collectors.toSet()));
        var usual = durations.now();
        return Answers.cursorPage(
                request,
                new CursorPage<>(
                        rows.items().stream()
                                .map(row -> shown(row, known, usual, null))
                                .toList(),
                        rows.next()));
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/transition/{transitionId}")
    ResponseEntity<Data<TransitionView>> get(
            @PathVariable String wsId, @PathVariable String transitionId, HttpServletRequest request) {
        QueryFields.of(request).finish();
        var row = transitions
                .find(wsId, transitionId)
                .orElseThrow(() -> new ApiException(ApiError.notFound("transition", transitionId)));
        var known = transitions.nodes(
                row.transition().members().stream().map(Member::nodeId).toList());
        return Answers.one(shown(row, known, durations.now(), transitions.workloads(transitionId)));
    }

    private TransitionView shown(
            TransitionRow row,
            Map<String, NodeRecord> known,
            TransitionDurations usual,
            @Nullable List<Workload> workloads) {
        var transition = row.transition();
        List<Placed> nodes = nodes(row, known);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return TransitionPresentation.view(row, nodes, new Estimate(transition, nodes.size(), usual, now), workloads);
    }

    private List<Placed> nodes(TransitionRow row, Map<String, NodeRecord> known) {
        var transition = row.transition();
        return row.isPlanned()
                ? transitions.nodesOf(transition.plan().workspaceId()).stream()
                        .map(node ->
                                new Placed(new Member(node.origin().id(), null, Progress.WAITING, null, null, 0), node))
                        .toList()
                : transition.members().stream()
                        .map(member -> new Placed(member, known.get(member.nodeId())))
                        .toList();
    }
}
