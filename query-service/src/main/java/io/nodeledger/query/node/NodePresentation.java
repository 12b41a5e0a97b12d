package io.nodeledger.query.node;

import io.nodeledger.base.web.Money;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.node.NodeViews.Cost;
import io.nodeledger.query.node.NodeViews.Detail;
import io.nodeledger.query.node.NodeViews.Item;
import io.nodeledger.query.node.NodeViews.Kubernetes;
import io.nodeledger.query.node.NodeViews.Network;
import io.nodeledger.query.node.NodeViews.Price;
import io.nodeledger.query.node.NodeViews.Reason;
import io.nodeledger.query.node.NodeViews.Size;
import io.nodeledger.query.node.NodeViews.Specs;
import io.nodeledger.query.node.NodeViews.Usage;
import io.nodeledger.query.node.NodeViews.UsageItem;
import io.nodeledger.query.observed.ObservedWorkload;
import io.nodeledger.query.quantity.ShownQuantity;
import io.nodeledger.query.telemetry.LatestSample;
import io.nodeledger.query.telemetry.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows rows in the shapes of the API. */
final class NodePresentation {
    private static final BigDecimal HOURS_OF_AN_ESTIMATED_MONTH = BigDecimal.valueOf(720);

    private NodePresentation() {}

    static Item item(NodeRecord row, @Nullable LatestSample sample) {
        var origin = row.origin();
        var state = row.state();
        var specs = origin.terms().specs();
        return new Item(
                origin.id(),
                origin.name(),
                origin.workspaceId(),
                origin.terms().planId(),
                state.status().word(),
                origin.provider(),
                origin.region(),
                origin.createdAt(),
                state.updatedAt(),
                state.deletedAt(),
                new Size(specs.cpuCores(), specs.memoryGb(), specs.storageGb()),
                sample == null || !row.mayRun() ? null : usageItem(sample),
                new Price(hourlyRate(row), monthlyEstimate(row)));
    }

    /**
     * A node by itself.
     *
     * @param costOfMonth exact USD since the month began
     * @param sample its last one, null when that is not fresh
     * @param workload what it was lately seen to hold, null when it was not
     */
    static Detail detail(
            NodeRecord row,
            Instant now,
            BigDecimal costOfMonth,
            @Nullable LatestSample sample,
            @Nullable ObservedWorkload workload) {
        var origin = row.origin();
        var state = row.state();
        var specs = origin.terms().specs();
        var reason = state.reason();
        return new Detail(
                origin.id(),
                origin.name(),
                origin.workspaceId(),
                origin.terms().planId(),
                state.status().word(),
                reason == null ? null : new Reason(reason.code(), reason.message(), reason.attention() != null),
                origin.provider(),
                origin.region(),
                origin.createdAt(),
                state.updatedAt(),
                new Specs(
                        specs.cpuCores(),
                        specs.memoryGb(),
                        specs.storageGb(),
                        specs.networkSpeed(),
                        specs.architecture()),
                sample == null || !row.mayRun() ? null : usage(sample, now),
                kubernetes(row, workload),
                new Network(state.privateAddress(), state.publicAddress(), origin.id() + ".internal"),
                new Cost(hourlyRate(row), monthlyEstimate(row), Money.shown(costOfMonth)),
                workload == null ? null : workload.applications());
    }

    private static UsageItem usageItem(LatestSample sample) {
        return new UsageItem(Measure.percentage(sample.cpu()), Measure.percentage(sample.memory()), sample.at());
    }

    private static Usage usage(LatestSample sample, Instant now) {
        return new Usage(
                Measure.percentage(sample.cpu()),
                Measure.percentage(sample.memory()),
                Measure.percentageOrNull(sample.storage()),
                Measure.megabitsOrNull(sample.networkIn()),
                Measure.megabitsOrNull(sample.networkOut()),
                sample.bootedAt() == null ? null : sample.bootedAt().until(now, ChronoUnit.HOURS),
                sample.at());
    }

    private static Kubernetes kubernetes(NodeRecord row, @Nullable ObservedWorkload workload) {
        var origin = row.origin();
        var known = row.state().kubernetes();
        var labels = new LinkedHashMap<String, String>();
        labels.put("node-type", "dedicated");
        labels.put("workspace", origin.workspaceId());
        labels.putAll(origin.labels());
        return new Kubernetes(
                known.nodeName(),
                known.ready(),
                known.schedulable(),
                origin.taints(),
                labels,
                quantities(known.allocatable(), workload == null ? null : workload.allocatable()),
                quantities(known.capacity(), workload == null ? null : workload.capacity()));
    }

    /** As lately observed, else as they were when the node joined; none while the log knows of no join. */
    private static @Nullable Map<String, String> quantities(
            @Nullable Map<String, String> joinedWith, @Nullable Map<String, String> observed) {
        if (joinedWith == null) {
            return null;
        }
        var printed = observed == null || observed.isEmpty() ? joinedWith : observed;
        var shown = new LinkedHashMap<String, String>();
        for (var resource : new String[] {"cpu", "memory", "pods"}) {
            var quantity = printed.get(resource);
            if (quantity != null) {
                shown.put(resource, ShownQuantity.of(resource, quantity));
            }
        }
        return shown;
    }

    /** A rate may be finer than a cent; it is never coarser. */
    private static BigDecimal hourlyRate(NodeRecord row) {
        return Money.rate(row.origin().terms().hourlyRate());
    }

    private static BigDecimal monthlyEstimate(NodeRecord row) {
        return Money.shown(row.origin().terms().hourlyRate().multiply(HOURS_OF_AN_ESTIMATED_MONTH));
    }
}
