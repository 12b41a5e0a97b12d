package io.nodeledger.query.events;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import io.nodeledger.query.node.NodeQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/{nodeId}/events}, also of a node that is gone (source: contract, "Get Node Events"). */
@RestController
class EventsController {
    private static final int LONGEST_SOURCE = 256;
    private static final Rule<String> SOURCE = text -> text.length() <= LONGEST_SOURCE
            ? Optional.empty()
            : Rule.broken("too_long", "must have at most " + LONGEST_SOURCE + " characters");

    private final NodeQueries nodes;
    private final EventQueries events;
    private final Clock clock;

    EventsController(NodeQueries nodes, EventQueries events, Clock clock) {
        this.nodes = nodes;
        this.events = events;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/{nodeId}/events")
    ResponseEntity<Data<List<EventView>>> list(
            @PathVariable String wsId, @PathVariable String nodeId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var type = query.word("type", EventType.WORDS);
        var source = query.text("source", SOURCE);
        var since = query.text("since", Since.RULE);
        var limit = Cursor.limit(query);
        var cursor = Cursor.key(query, EventFilter.list(type.orNull(), source.orNull()), Place::isPlace);
        query.finish();
        var node = nodes.find(wsId, nodeId).orElseThrow(() -> new ApiException(ApiError.notFound("node", nodeId)));
        var after = cursor == null ? null : Place.of(cursor);
        var filter = new EventFilter(type.orNull(), source.orNull(), since(since.orNull(), after));
        return Answers.cursorPage(request, events.list(node, filter, after, limit.orElse(CursorPage.DEFAULT_LIMIT)));
    }

    private @Nullable Instant since(@Nullable String text, @Nullable Place after) {
        if (after != null) {
            return after.since();
        }
        return text == null ? null : Since.moment(text, clock.instant());
    }
}
