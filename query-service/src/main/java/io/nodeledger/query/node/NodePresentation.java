package io.nodeledger.query.node;

import io.nodeledger.base.web.Money;
import io.nodeledger.query.node.NodeViews.Cost;
import io.nodeledger.query.node.NodeViews.Detail;
import io.nodeledger.query.node.NodeViews.Item;
import io.nodeledger.query.node.NodeViews.Kubernetes;
import io.nodeledger.query.node.NodeViews.Network;
import io.nodeledger.query.node.NodeViews.Price;
import io.nodeledger.query.node.NodeViews.Reason;
import io.nodeledger.query.node.NodeViews.Size;
import io.nodeledger.query.node.NodeViews.Specs;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows rows in the shapes of the API. */
final class NodePresentation {
    private static final BigDecimal HOURS_OF_AN_ESTIMATED_MONTH = BigDecimal.valueOf(720);

    private NodePresentation() {}

    static Item item(NodeRow row) {
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
                null,
                new Price(hourlyRate(row), monthlyEstimate(row)));
    }

    static Detail detail(NodeRow row, Instant now) {
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
                null,
                kubernetes(row),
                new Network(state.privateAddress(), state.publicAddress(), origin.id() + ".internal"),
                new Cost(
                        hourlyRate(row),
                        monthlyEstimate(row),
                        Money.shown(MeteredTime.costOfMonth(state.metered(), now))));
    }

    private static Kubernetes kubernetes(NodeRow row) {
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
                quantities(known.allocatable()),
                quantities(known.capacity()));
    }

    private static @Nullable Map<String, String> quantities(@Nullable Map<String, String> printed) {
        if (printed == null) {
            return null;
        }
        var shown = new LinkedHashMap<String, String>();
        for (var resource : new String[] {"cpu", "memory", "pods"}) {
            var quantity = printed.get(resource);
            if (quantity != null) {
                shown.put(resource, KubernetesQuantity.shown(resource, quantity));
            }
        }
        return shown;
    }

    /** A rate may be finer than a cent; it is never coarser. */
    private static BigDecimal hourlyRate(NodeRow row) {
        var rate = row.origin().terms().hourlyRate().stripTrailingZeros();
        return rate.scale() < 2 ? Money.shown(rate) : rate;
    }

    private static BigDecimal monthlyEstimate(NodeRow row) {
        return Money.shown(row.origin().terms().hourlyRate().multiply(HOURS_OF_AN_ESTIMATED_MONTH));
    }
}
