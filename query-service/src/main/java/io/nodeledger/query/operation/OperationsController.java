package io.nodeledger.query.operation;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.query.attention.AttentionQueries;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.paging.TimeKey;
import io.nodeledger.query.transition.TransitionOperations;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Long-running operations, also those of nodes that are gone (source: API decisions, "Operations"). */
@RestController
class OperationsController {
    private static final Map<String, String> STATUSES = words(
            Arrays.stream(OperationStatus.values()).map(OperationStatus::word).toList());
    private static final Map<String, String> TYPES =
            words(Arrays.stream(OperationType.values()).map(OperationType::word).toList());

    /** With what ids of transitions begin, which are operations of a whole workspace. */
    private static final String TRANSITION = "trans-";

    private final OperationQueries operations;
    private final TransitionOperations transitions;
    private final NodeQueries nodes;
    private final WorkspaceQueries workspaces;
    private final AttentionQueries attention;

    OperationsController(
            OperationQueries operations,
            TransitionOperations transitions,
            NodeQueries nodes,
            WorkspaceQueries workspaces,
            AttentionQueries attention) {
        this.transitions = transitions;
        this.attention = attention;
        this.operations = operations;
        this.nodes = nodes;
        this.workspaces = workspaces;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/operations")
    ResponseEntity<Data<List<OperationView>>> list(@PathVariable String wsId, HttpServletRequest request) {
        var page = page(wsId, null, request);
        if (page.items().isEmpty()) {
            workspaces.require(wsId);
        }
        return Answers.cursorPage(request, page);
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/operations/{operationId}")
    ResponseEntity<Data<OperationView>> get(@PathVariable String wsId, @PathVariable String operationId) {
        Optional<OperationView> found = operationId.startsWith(TRANSITION)
                ? transitions.find(wsId, operationId)
                : operations
                        .find(wsId, operationId)
                        .map(row -> shown(List.of(row)).getFirst());
        return found.map(Answers::one).orElseThrow(() -> new ApiException(ApiError.notFound("operation", operationId)));
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/operations")
    ResponseEntity<Data<List<OperationView>>> ofNode(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var page = page(wsId, nodeId, request);
        if (page.items().isEmpty() && nodes.find(wsId, nodeId).isEmpty()) {
            throw new ApiException(ApiError.notFound("node", nodeId));
        }
        return Answers.cursorPage(request, page);
    }

    private CursorPage<OperationView> page(String wsId, @Nullable String ofNode, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var nodeId = query.text("node_id", Rule.none());
        var statuses = query.words("status", STATUSES);
        var types = query.words("type", TYPES);
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, OperationQueries.LIST, TimeKey::isKey);
        query.finish();
        var filter = new OperationQueries.Filter(
                wsId, ofNode == null ? nodeId.orNull() : ofNode, statuses.orElse(List.of()), types.orElse(List.of()));
        var rows = operations.list(filter, after, limit.orElse(CursorPage.DEFAULT_LIMIT));
        return new CursorPage<>(shown(rows.items()), rows.next());
    }

    private List<OperationView> shown(List<OperationRow> rows) {
        var held = attention.heldAmong(rows.stream()
                .filter(row -> row.finishedAt() == null)
                .map(row -> row.origin().id())
                .toList());
        return rows.stream()
                .map(row -> OperationView.of(row, held.contains(row.origin().id())))
                .toList();
    }

    private static Map<String, String> words(List<String> words) {
        return words.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));
    }
}
