package io.nodeledger.command.provisioning;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid wish for a node.
 *
 * @param region null for the workspace's own
 */
record ProvisioningRequest(
        String name, NodePlan plan, @Nullable String region, Map<String, String> labels, List<Taint> taints) {
    private static final int MOST_LABELS = 64;

    /**
     * Reads the body.
     *
     * @throws ApiException 400 naming every bad field, or {@code NOT_SUPPORTED} for auto-scaling
     */
    static ProvisioningRequest read(JsonFields body, Catalogue catalogue, KnownRegions regions) {
        var name = body.required("name", JsonValues.text(NodeName.RULE));
        var plan = body.required("plan_id", plan(catalogue));
        var region = body.optional("region", JsonValues.text(wish -> checkRegion(wish, regions, catalogue)));
        var labels = body.optional("labels", JsonValues.textMap(QualifiedName.KEY, QualifiedName.VALUE, MOST_LABELS));
        var taints = body.optional("taints", new TaintValues());
        var scaling = body.optional("auto_scaling", JsonValues.object(fields -> {
            var enabled = fields.required("enabled", JsonValues.bool());
            return enabled::get;
        }));
        String wished = region.orNull();
        NodePlan known = plan.orNull();
        if (wished != null && known != null && !known.offeredIn(wished)) {
            body.violations()
                    .add(
                            "region",
                            "not_offered",
                            "the plan is not offered there, but in " + String.join(", ", known.regions()));
        }
        body.finish();
        if (scaling.orElse(false)) {
            throw new ApiException(new ApiError(
                    ErrorCode.NOT_SUPPORTED, "Auto-scaling is not supported", Map.of("field", "auto_scaling.enabled")));
        }
        return new ProvisioningRequest(
                name.get(), plan.get(), wished, labels.orElse(Map.of()), taints.orElse(List.of()));
    }

    /** Looked up once: the catalogue may change at any time. */
    private static JsonValue<NodePlan> plan(Catalogue catalogue) {
        JsonValue<String> id = JsonValues.text(Rule.none());
        return (node, path, violations) -> id.read(node, path, violations).flatMap(planId -> {
            Optional<NodePlan> plan = catalogue.find(planId);
            if (plan.isEmpty()) {
                violations.add(path, "not_found", "there is no such plan, see /api/v1/node-plans");
            }
            return plan;
        });
    }

    private static Optional<Rule.Broken> checkRegion(String region, KnownRegions regions, Catalogue catalogue) {
        return regions.knows(region, catalogue)
                ? Optional.empty()
                : Rule.broken("not_found", "there is no such region");
    }
}
