package io.nodeledger.query.cost.meter;

import io.nodeledger.query.projection.Part;
import io.nodeledger.query.projection.ReadModel;
import java.util.List;

/** What follows from the events that change what nodes cost. */
public final class CostReadModel {
    public static final ReadModel READ_MODEL = new ReadModel(
            "costs",
            List.of(new Part<>(
                    MeteredNode.TABLE, new MeterProjection(), List.of(new MeterJournal(), new MeteredWorkspaces()))));

    private CostReadModel() {}
}
