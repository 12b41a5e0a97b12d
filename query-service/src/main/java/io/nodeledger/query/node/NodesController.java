package io.nodeledger.query.node;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.Page;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.cost.CostQueries;
import io.nodeledger.query.observed.ObservedWorkload;
import io.nodeledger.query.observed.WorkloadQueries;
import io.nodeledger.query.paging.PastMoment;
import io.nodeledger.query.telemetry.LatestSamples;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Nodes as they are, and as they were (source: contract, "List Nodes", "Get Node"). */
@RestController
class NodesController {
    private static final int LAST_PAGE = 1_000_000;
    private static final int DEFAULT_PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 100;
    private static final Optional<ObservedWorkload> NOT_KNOWN = Optional.empty();

    private final NodeQueries nodes;
    private final NodeHistory history;
    private final WorkspaceQueries workspaces;
    private final LatestSamples samples;
    private final WorkloadQueries workloads;
    private final CostQueries costs;
    private final Clock clock;

    NodesController(
            NodeQueries nodes,
            NodeHistory history,
            WorkspaceQueries workspaces,
            LatestSamples samples,
            WorkloadQueries workloads,
            CostQueries costs,
            Clock clock) {
        this.nodes = nodes;
        this.history = history;
        this.workspaces = workspaces;
        this.samples = samples;
        this.workloads = workloads;
        this.costs = costs;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes")
    ResponseEntity<Page<NodeViews.Item>> list(@PathVariable String wsId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var page = query.integer("page", 1, LAST_PAGE);
        var perPage = query.integerCapped("per_page", 1, MOST_PER_PAGE);
        var includeDeleted = query.bool("include_deleted");
        var statuses = query.words("status", statuses(Boolean.TRUE.equals(includeDeleted.orNull())));
        var planId = query.text("plan_id", Rule.none());
        var region = query.text("region", Rule.none());
        var search = query.text("search", Rule.none());
        var sort = query.word("sort", NodeSort.WORDS);
        query.finish();
        var filter = new NodeFilter(
                wsId,
                statuses.orElse(List.of()),
                planId.orNull(),
                region.orNull(),
                search.orNull(),
                includeDeleted.orElse(false));
        var total = nodes.total(filter);
        if (total == 0) {
            workspaces.require(wsId);
        }
        int number = page.orElse(1);
        int size = perPage.orElse(DEFAULT_PER_PAGE);
        // What lies beyond the end is empty, and must not be looked for there.
        var items = (number - 1L) * size >= total
                ? List.<NodeViews.Item>of()
                : items(nodes.page(filter, sort.orElse(NodeSort.NEWEST_FIRST), number, size));
        return Answers.page(request, Page.of(items, number, size, total));
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}")
    ResponseEntity<Data<NodeViews.Detail>> get(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var now = clock.instant();
        var at = PastMoment.at(query, now);
        query.finish();
        var moment = at.orNow();
        var row = (at.isPresent() ? history.at(wsId, nodeId, moment) : nodes.find(wsId, nodeId))
                .filter(node -> node.state().status() != NodeStatus.DELETED)
                .orElseThrow(() -> new ApiException(ApiError.notFound("node", nodeId)));
        var sample = at.isPresent()
                ? null
                : samples.ofNode(row.origin().region(), nodeId).orElse(null);
        var workload = at.isPresent() ? NOT_KNOWN : workloads.of(row.origin().region(), nodeId, now);
        var answer = Answers.one(NodePresentation.detail(
                row, moment, costs.ofMonth(nodeId, moment).cost(), sample, workload.orElse(null)));
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .eTag("\"" + row.origin().id() + "." + row.state().version() + "\"")
                .body(answer.getBody());
    }

    private List<NodeViews.Item> items(List<NodeRecord> rows) {
        var latest = samples.of(rows.stream()
                .filter(NodeRecord::mayRun)
                .map(row -> row.origin().id())
                .toList());
        return rows.stream()
                .map(row -> NodePresentation.item(row, latest.get(row.origin().id())))
                .toList();
    }

    /** Deleted nodes can be asked for only where the list shows them. */
    private static Map<String, String> statuses(boolean includeDeleted) {
        return Arrays.stream(NodeStatus.values())
                .filter(status -> includeDeleted || status != NodeStatus.DELETED)
                .map(NodeStatus::word)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));
    }
}
