package io.nodeledger.query.webhook;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.query.audit.WebhookJournal;
import io.nodeledger.query.projection.Part;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.query.projection.Table;
import java.util.List;

/** What follows from the streams of webhook endpoints. The endpoints themselves are for the trail alone. */
public final class WebhookReadModel {
    static final Table<WebhookRow> WEBHOOKS =
            new Table<>("webhooks", WebhookRow.class, List.of(column("id", "text", WebhookRow::id)));

    /** What one processor fills. */
    public static final ReadModel READ_MODEL = new ReadModel(
            "webhooks", List.of(new Part<>(WEBHOOKS, new WebhookProjection(), List.of(WebhookJournal.journal()))));

    private WebhookReadModel() {}
}
