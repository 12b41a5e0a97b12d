package io.nodeledger.query.stream;

import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.telemetry.usage.WorkspaceUsage;
import java.util.Set;

/** Sends the usage of each workspace that is listened to, read once however many listen. */
final class UsageTicker {
    private final StreamFeed feed;
    private final WorkspaceUsage usage;

    UsageTicker(StreamFeed feed, WorkspaceUsage usage) {
        this.feed = feed;
        this.usage = usage;
    }

    void tick() {
        feed.readers().forEach(this::send);
    }

    private void send(String workspaceId, Set<StreamReader> readers) {
        var message = new StreamMessage(null, "usage", RowJson.MAPPER.writeValueAsString(usage.of(workspaceId)));
        readers.forEach(reader -> reader.offer(message));
    }
}
