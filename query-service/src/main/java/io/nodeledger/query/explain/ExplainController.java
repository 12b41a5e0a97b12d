package io.nodeledger.query.explain;

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
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.operation.OperationQueries;
import io.nodeledger.query.paging.TimeKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET …/nodes/{nodeId}/explain}: what led to what, also of a node that is gone. It names callers and the provider's
 * tasks, and is for those who may read the audit.
 */
@RestController
class ExplainController {
    private final ChainQueries chains;
    private final NodeQueries nodes;

    ExplainController(ChainQueries chains, NodeQueries nodes) {
        this.chains = chains;
        this.nodes = nodes;
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/explain")
    ResponseEntity<Data<List<Chain>>> explain(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var operationId = query.text("operation_id", Rule.none());
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, OperationQueries.LIST, TimeKey::isKey);
        query.finish();
        if (nodes.find(wsId, nodeId).isEmpty()) {
            throw new ApiException(ApiError.notFound("node", nodeId));
        }
        return Answers.cursorPage(
                request,
                chains.list(wsId, nodeId, operationId.orNull(), after, limit.orElse(CursorPage.DEFAULT_LIMIT)));
    }
}
