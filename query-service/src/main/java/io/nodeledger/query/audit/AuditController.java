package io.nodeledger.query.audit;

import static io.nodeledger.query.audit.AuditExport.CSV;
import static io.nodeledger.query.audit.AuditExport.NDJSON;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.query.audit.AuditExport.Form;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail of a node or of a whole workspace, also of what is gone (source: API decisions, "Audit entry"). */
@RestController
class AuditController {
    private static final String OF_WORKSPACE = "/api/v1/workspaces/{wsId}/nodes/audit";
    private static final String OF_NODE = "/api/v1/workspaces/{wsId}/nodes/{nodeId}/audit";

    private final AuditQueries audit;
    private final NodeQueries nodes;
    private final WorkspaceQueries workspaces;
    private final AuditExport export;

    AuditController(AuditQueries audit, NodeQueries nodes, WorkspaceQueries workspaces) {
        this.audit = audit;
        this.nodes = nodes;
        this.workspaces = workspaces;
        this.export = new AuditExport(audit);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_WORKSPACE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Data<List<AuditEntry>>> ofWorkspace(@PathVariable String wsId, HttpServletRequest request) {
        var page = audit.page(AuditParameters.of(request, wsId, null));
        if (page.items().isEmpty()) {
            workspaces.require(wsId);
        }
        return Answers.cursorPage(request, page);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_NODE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Data<List<AuditEntry>>> ofNode(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var asked = AuditParameters.of(request, wsId, nodeId);
        requireNode(wsId, nodeId);
        return Answers.cursorPage(request, audit.page(asked));
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_WORKSPACE, produces = NDJSON)
    void linesOfWorkspace(@PathVariable String wsId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        exportWorkspace(wsId, Form.LINES, request, response);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_WORKSPACE, produces = CSV)
    void csvOfWorkspace(@PathVariable String wsId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        exportWorkspace(wsId, Form.TABLE, request, response);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_NODE, produces = NDJSON)
    void linesOfNode(
            @PathVariable String wsId,
            @PathVariable String nodeId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        exportNode(wsId, nodeId, Form.LINES, request, response);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(value = OF_NODE, produces = CSV)
    void csvOfNode(
            @PathVariable String wsId,
            @PathVariable String nodeId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        exportNode(wsId, nodeId, Form.TABLE, request, response);
    }

    private void exportWorkspace(String wsId, Form form, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var asked = AuditParameters.of(request, wsId, null);
        workspaces.require(wsId);
        export.begin(asked).answer(response, form);
    }

    private void exportNode(
            String wsId, String nodeId, Form form, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var asked = AuditParameters.of(request, wsId, nodeId);
        requireNode(wsId, nodeId);
        export.begin(asked).answer(response, form);
    }

    private void requireNode(String wsId, String nodeId) {
        if (nodes.find(wsId, nodeId).isEmpty()) {
            throw new ApiException(ApiError.notFound("node", nodeId));
        }
    }
}
