package io.nodeledger.query.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import io.nodeledger.query.cost.CostLines.Question;
import io.nodeledger.query.paging.PastMoment;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/costs/lines}: a bill line by line, also as CSV (source: API decisions, "Cost line"). */
@RestController
class CostLinesController {
    private static final String CSV = "text/csv";

    private final CostLines lines;
    private final WorkspaceQueries workspaces;
    private final Clock clock;

    CostLinesController(CostLines lines, WorkspaceQueries workspaces, Clock clock) {
        this.lines = lines;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** What a request asks for, and from where on. */
    private record Asked(
            Question question,
            @Nullable String after,
            @Nullable Integer limit) {}

    @Requires(Permission.NODES_READ)
    @GetMapping(value = "/api/v1/workspaces/{wsId}/nodes/costs/lines", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Data<List<CostLine>>> list(@PathVariable String wsId, HttpServletRequest request) {
        var asked = asked(wsId, request);
        var page = lines.page(
                asked.question(), asked.after(), asked.limit() == null ? CursorPage.DEFAULT_LIMIT : asked.limit());
        if (page.items().isEmpty()) {
            workspaces.require(wsId);
        }
        return Answers.cursorPage(request, page);
    }

    /** All lines, whatever the limit of a page. */
    @Requires(Permission.NODES_READ)
    @GetMapping(value = "/api/v1/workspaces/{wsId}/nodes/costs/lines", produces = CSV)
    void export(@PathVariable String wsId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var asked = asked(wsId, request);
        workspaces.require(wsId);
        response.setContentType(CSV + ";charset=UTF-8");
        var out = response.getOutputStream();
        out.write(CostCsv.HEADER.getBytes(UTF_8));
        out.write(CostCsv.of(lines.all(asked.question())).getBytes(UTF_8));
    }

    private Asked asked(String workspaceId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var period = query.word("period", Period.WORDS);
        var nodeId = query.text("node_id", Rule.none());
        var at = PastMoment.at(query, clock.instant());
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, CostLines.LIST, CostLines.KEY.asMatchPredicate());
        query.finish();
        var question = new Question(workspaceId, period.orElse(Period.CURRENT_MONTH), nodeId.orNull(), at.orNow());
        return new Asked(question, after, limit.orNull());
    }
}
