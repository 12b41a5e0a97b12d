package io.nodeledger.query.explain;

import io.nodeledger.query.audit.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An attempt at a step while its events are read. */
final class ToldAttempt {
    private static final String DELAYED = "delayed";

    private final int number;
    private final List<String> tasks = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private @Nullable String outcome;
    private @Nullable String code;
    private @Nullable String detail;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;

    ToldAttempt(int number) {
        this.number = number;
    }

    /** Whether an event may still be about it: a step that is done once more counts its attempts anew. */
    boolean takes(int attempt) {
        return number == attempt && (outcome == null || outcome.equals(DELAYED));
    }

    void tell(AuditEntry entry) {
        JsonNode data = entry.data();
        events.add(entry.id());
        String began = text(data, "started_at");
        if (startedAt == null && began != null) {
            startedAt = Instant.parse(began);
        }
        switch (entry.type()) {
            case "node.provider_task_started" -> {
                tasks.add(data.path("upid").asString());
                startedAt = startedAt == null ? entry.occurredAt() : startedAt;
            }
            case "node.step_delayed", "node.machine_id_burnt" -> end(DELAYED, entry, text(data, "reason"));
            case "node.step_failed" -> {
                end("failed", entry, text(data, "reason"));
                code = text(data, "code");
            }
            case "node.machine_allocated" ->
                end(
                        "succeeded",
                        entry,
                        "Machine %s on %s"
                                .formatted(
                                        data.path("vm_id").asString(),
                                        data.path("host").asString()));
            case "node.machine_addressed" -> end("succeeded", entry, text(data, "private_address"));
            default -> end("succeeded", entry, text(data, "detail"));
        }
    }

    private void end(String how, AuditEntry entry, @Nullable String says) {
        outcome = how;
        endedAt = entry.occurredAt();
        detail = says == null ? detail : says;
    }

    Chain.Attempt shown() {
        return new Chain.Attempt(
                number, outcome, code, detail, startedAt, endedAt, List.copyOf(tasks), List.copyOf(events));
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isString() ? value.asString() : null;
    }
}
