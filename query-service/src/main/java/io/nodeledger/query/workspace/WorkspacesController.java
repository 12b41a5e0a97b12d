package io.nodeledger.query.workspace;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.PageLinks;
import io.nodeledger.base.web.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Workspaces for the platform operator, credits for the workspace itself. */
@RestController
class WorkspacesController {
    private final WorkspaceQueries workspaces;

    WorkspacesController(WorkspaceQueries workspaces) {
        this.workspaces = workspaces;
    }

    @Requires(Permission.PLATFORM_ADMIN)
    @GetMapping("/api/v1/admin/workspaces")
    ResponseEntity<Data<List<WorkspaceViews.Workspace>>> list(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, WorkspaceQueries.WORKSPACES, WorkspaceQueries.ID.asMatchPredicate());
        query.finish();
        var rows = workspaces.list(after, limit.orElse(CursorPage.DEFAULT_LIMIT));
        return Answers.cursorPage(
                request,
                new CursorPage<>(
                        rows.items().stream().map(WorkspaceViews.Workspace::of).toList(), rows.next()));
    }

    @Requires(Permission.PLATFORM_ADMIN)
    @GetMapping("/api/v1/admin/workspaces/{wsId}")
    ResponseEntity<Data<WorkspaceViews.Workspace>> get(@PathVariable String wsId) {
        return Answers.one(WorkspaceViews.Workspace.of(workspaces.require(wsId)));
    }

    @Requires(Permission.CREDITS_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/credits")
    ResponseEntity<Data<WorkspaceViews.Credits>> credits(@PathVariable String wsId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var limit = Cursor.limit(query);
        var before = Cursor.key(query, WorkspaceQueries.CREDITS, WorkspaceQueries.POSITION.asMatchPredicate());
        query.finish();
        var ledger = workspaces.ledger(wsId, before, limit.orElse(CursorPage.DEFAULT_LIMIT));
        var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        String next = ledger.page().next();
        if (next != null) {
            answer.header(HttpHeaders.LINK, PageLinks.next(request, next));
        }
        return answer.body(new Data<>(
                WorkspaceViews.Credits.of(ledger.workspace(), ledger.page().items())));
    }
}
