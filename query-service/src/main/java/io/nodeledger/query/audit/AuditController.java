package io.nodeledger.query.audit;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail of a node or of a whole workspace, also of what is gone (source: API decisions, "Audit entry"). */
@RestController
class AuditController {
    private final AuditQueries audit;
    private final NodeQueries nodes;
    private final WorkspaceQueries workspaces;

    AuditController(AuditQueries audit, NodeQueries nodes, WorkspaceQueries workspaces) {
        this.audit = audit;
        this.nodes = nodes;
        this.workspaces = workspaces;
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/audit")
    ResponseEntity<Data<List<AuditEntry>>> ofWorkspace(@PathVariable String wsId, HttpServletRequest request) {
        var page = page(wsId, null, request);
        if (page.items().isEmpty()) {
            workspaces.require(wsId);
        }
        return Answers.cursorPage(request, page);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/audit")
    ResponseEntity<Data<List<AuditEntry>>> ofNode(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var page = page(wsId, nodeId, request);
        if (page.items().isEmpty() && nodes.find(wsId, nodeId).isEmpty()) {
            throw new ApiException(ApiError.notFound("node", nodeId));
        }
        return Answers.cursorPage(request, page);
    }

    private CursorPage<AuditEntry> page(String wsId, @Nullable String nodeId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var newestFirst = query.word("sort", Map.of("position", false, "-position", true));
        var include = query.words("include", Map.of("steps", true));
        var limit = Cursor.limit(query);
        var filter = new AuditQueries.Filter(
                wsId, nodeId, include.orNull() != null, Boolean.TRUE.equals(newestFirst.orNull()));
        var after = Cursor.key(query, filter.list(), AuditQueries.KEY.asMatchPredicate());
        query.finish();
        return audit.list(filter, after, limit.orElse(CursorPage.DEFAULT_LIMIT));
    }
}
