package io.nodeledger.query.telemetry.usage;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/usage} (source: contract, "Get Workspace Resource Usage"). */
@RestController
class UsageController {
    private final WorkspaceUsage usage;
    private final WorkspaceQueries workspaces;

    UsageController(WorkspaceUsage usage, WorkspaceQueries workspaces) {
        this.usage = usage;
        this.workspaces = workspaces;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/usage")
    ResponseEntity<Data<UsageView>> get(@PathVariable String wsId, HttpServletRequest request) {
        QueryFields.of(request).finish();
        var view = usage.of(wsId);
        if (view.byNode().isEmpty()) {
            workspaces.require(wsId);
        }
        return Answers.one(view);
    }
}
