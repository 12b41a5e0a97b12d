package io.nodeledger.query.stream;

import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.telemetry.usage.WorkspaceUsage;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Sends the usage of each workspace that is listened to, read once however many listen. */
final class UsageTicker {
    private static final Logger LOG = LoggerFactory.getLogger(UsageTicker.class);

    private final StreamFeed feed;
    private final WorkspaceUsage usage;

    UsageTicker(StreamFeed feed, WorkspaceUsage usage) {
        this.feed = feed;
        this.usage = usage;
    }

    void tick() {
        feed.readers().forEach(this::trySend);
    }

    /** One workspace keeps no other from its usage. */
    private void trySend(String workspaceId, Set<StreamReader> readers) {
        try {
            send(workspaceId, readers);
        } catch (DataAccessException failure) {
            LOG.debug("The usage of {} can't be sent now: {}", workspaceId, failure.getMessage());
        }
    }

    private void send(String workspaceId, Set<StreamReader> readers) {
        var message = new StreamMessage(null, "usage", RowJson.MAPPER.writeValueAsString(usage.of(workspaceId)));
        readers.forEach(reader -> reader.offerUsage(message));
    }
}
