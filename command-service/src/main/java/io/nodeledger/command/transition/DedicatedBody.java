package io.nodeledger.command.transition;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Field;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.command.provisioning.QualifiedName;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.transition.MigrationStrategy;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a request for dedicated nodes says (source: contract, "Transition to Dedicated Plan"). */
final class DedicatedBody {
    /** A workspace of more moves in several transitions. */
    private static final int MOST_NODES = 500;

    private static final int MOST_LABELS = 64;

    private final JsonFields body;
    private final Field<String> planId;
    private final Field<Integer> count;
    private final Field<String> region;
    private final Field<MigrationStrategy> strategy;
    private final Field<Map<String, String>> labels;

    private DedicatedBody(JsonFields body) {
        this.body = body;
        this.planId = body.required("node_plan", JsonValues.text(Rule.none()));
        this.count = body.required("node_count", JsonValues.integer(1, MOST_NODES));
        this.region = body.optional("region", JsonValues.text(Rule.none()));
        this.strategy = body.optional("migration_strategy", JsonValues.word(Strategies.WORDS));
        this.labels = body.optional("labels", JsonValues.textMap(QualifiedName.KEY, QualifiedName.VALUE, MOST_LABELS));
    }

    static DedicatedBody of(JsonFields body) {
        return new DedicatedBody(body);
    }

    /**
     * A wish that can be had now.
     *
     * @param region null for the workspace's own
     */
    record Wish(
            NodePlan plan,
            int count,
            @Nullable String region,
            MigrationStrategy strategy,
            Map<String, String> labels) {}

    /**
     * The wish, by the plans and regions that there are now.
     *
     * @throws ApiException 400 naming every bad field
     */
    Wish wish(Catalogue catalogue, KnownRegions regions) {
        String id = planId.orNull();
        NodePlan plan = id == null ? null : catalogue.find(id).orElse(null);
        if (id != null && plan == null) {
            body.violations().add("node_plan", "not_found", "there is no such plan, see /api/v1/node-plans");
        }
        String wished = region.orNull();
        if (wished != null && !regions.knows(wished, catalogue)) {
            body.violations().add("region", "not_found", "there is no such region");
        } else if (wished != null && plan != null && !plan.offeredIn(wished)) {
            body.violations()
                    .add(
                            "region",
                            "not_offered",
                            "the plan is not offered there, but in " + String.join(", ", plan.regions()));
        }
        body.finish();
        return new Wish(
                Objects.requireNonNull(plan),
                count.get(),
                wished,
                strategy.orElse(MigrationStrategy.ROLLING),
                labels.orElse(Map.of()));
    }
}
