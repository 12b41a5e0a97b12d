package io.nodeledger.command.provisioning;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.base.web.Field;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a node says. Whether such a node is on offer is asked apart, because the answer changes: a repeated
 * request, which gets the first answer, is not asked.
 */
final class ProvisioningBody {
    private static final int MOST_LABELS = 64;

    private final JsonFields body;
    private final Field<String> name;
    private final Field<String> planId;
    private final Field<String> region;
    private final Field<Map<String, String>> labels;
    private final Field<List<Taint>> taints;
    private final Field<Boolean> scaling;

    private ProvisioningBody(JsonFields body) {
        this.body = body;
        this.name = body.required("name", JsonValues.text(NodeName.RULE));
        this.planId = body.required("plan_id", JsonValues.text(Rule.none()));
        this.region = body.optional("region", JsonValues.text(Rule.none()));
        this.labels = body.optional("labels", JsonValues.textMap(QualifiedName.KEY, QualifiedName.VALUE, MOST_LABELS));
        this.taints = body.optional("taints", new TaintValues());
        this.scaling = body.optional("auto_scaling", JsonValues.object(fields -> {
            var enabled = fields.required("enabled", JsonValues.bool());
            return enabled::get;
        }));
    }

    /** Reads all fields; what is wrong with them is told by {@link #wish}. */
    static ProvisioningBody of(JsonFields body) {
        return new ProvisioningBody(body);
    }

    /** The name, of a body that was found valid now or when it was sent first. */
    String name() {
        return name.get();
    }

    /** The id of the plan, of a body that was found valid now or when it was sent first. */
    String planId() {
        return planId.get();
    }

    /**
     * The wish, by the plans and regions that there are now.
     *
     * @throws ApiException 400 naming every bad field, or {@code NOT_SUPPORTED} for auto-scaling
     */
    ProvisioningRequest wish(Catalogue catalogue, KnownRegions regions) {
        NodePlan plan = plan(catalogue);
        checkRegion(plan, catalogue, regions);
        body.finish();
        if (scaling.orElse(false)) {
            throw new ApiException(new ApiError(
                    ErrorCode.NOT_SUPPORTED, "Auto-scaling is not supported", Map.of("field", "auto_scaling.enabled")));
        }
        return new ProvisioningRequest(
                name.get(),
                Objects.requireNonNull(plan),
                region.orNull(),
                labels.orElse(Map.of()),
                taints.orElse(List.of()));
    }

    /** Looked up once: the catalogue may change at any time. */
    private @Nullable NodePlan plan(Catalogue catalogue) {
        String id = planId.orNull();
        NodePlan plan = id == null ? null : catalogue.find(id).orElse(null);
        if (id != null && plan == null) {
            body.violations().add("plan_id", "not_found", "there is no such plan, see /api/v1/node-plans");
        }
        return plan;
    }

    private void checkRegion(@Nullable NodePlan plan, Catalogue catalogue, KnownRegions regions) {
        String wished = region.orNull();
        if (wished == null) {
            return;
        }
        if (!regions.knows(wished, catalogue)) {
            body.violations().add("region", "not_found", "there is no such region");
        } else if (plan != null && !plan.offeredIn(wished)) {
            body.violations()
                    .add(
                            "region",
                            "not_offered",
                            "the plan is not offered there, but in " + String.join(", ", plan.regions()));
        }
    }
}
