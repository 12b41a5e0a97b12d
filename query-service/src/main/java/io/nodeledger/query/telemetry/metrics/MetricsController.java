package io.nodeledger.query.telemetry.metrics;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.telemetry.LatestSample;
import io.nodeledger.query.telemetry.LatestSamples;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/{nodeId}/metrics} (source: contract, "Get Node Metrics"). */
@RestController
class MetricsController {
    private final NodeQueries nodes;
    private final LatestSamples samples;
    private final MetricQueries metrics;
    private final Clock clock;

    MetricsController(NodeQueries nodes, LatestSamples samples, MetricQueries metrics, Clock clock) {
        this.nodes = nodes;
        this.samples = samples;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/metrics")
    ResponseEntity<Data<MetricsView>> get(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var asked = query.word("period", Period.WORDS);
        var one = query.word("metric", Metric.WORDS);
        query.finish();
        var period = asked.orElse(Period.ONE_HOUR);
        var node = nodes.find(wsId, nodeId)
                .filter(found -> found.state().status() != NodeStatus.DELETED)
                .orElseThrow(() -> new ApiException(ApiError.notFound("node", nodeId)));
        var now = clock.instant();
        @Nullable
        LatestSample latest =
                node.mayRun() ? samples.ofNode(node.origin().region(), nodeId).orElse(null) : null;
        var shown = new MetricsPresentation(node.origin().terms().specs(), latest, metrics.of(nodeId, period, now));
        @Nullable Metric metric = one.orNull();
        return Answers.one(new MetricsView(
                period.word(),
                period.step().toSeconds(),
                latest == null ? null : latest.at(),
                metric == null || metric == Metric.CPU ? shown.cpu() : null,
                metric == null || metric == Metric.MEMORY ? shown.memory() : null,
                metric == null || metric == Metric.STORAGE ? shown.storage() : null,
                metric == null || metric == Metric.NETWORK ? shown.network() : null));
    }
}
