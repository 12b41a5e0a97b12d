package io.nodeledger.query.audit;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the trail.
 *
 * @param after from where on; null for the beginning
 */
record AuditParameters(AuditFilter filter, @Nullable AuditPlace after, int limit) {
    private static final int LONGEST_ACTOR = 256;
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-.{1,40}");
    private static final Pattern ACTIONS =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.:]{0,79}(?:,[A-Za-z][A-Za-z0-9_.:]{0,79}){0,19}");

    private static final Rule<String> ACTOR_RULE = text -> text.length() <= LONGEST_ACTOR
            ? Optional.empty()
            : Rule.broken("too_long", "must have at most " + LONGEST_ACTOR + " characters");
    private static final Rule<String> ACTION_RULE =
            text -> ACTIONS.matcher(text).matches()
                    ? Optional.empty()
                    : Rule.broken(
                            "malformed",
                            "must be at most 20 types such as node.deleted or commands such as StopNode, with commas");
    private static final Rule<String> TIME_RULE = text -> isTime(text)
            ? Optional.empty()
            : Rule.broken("malformed", "must be an RFC 3339 time such as 2024-01-20T10:00:00Z");

    /**
     * The parameters of a request.
     *
     * @param ofNode the node whose trail the path names, null for the workspace's
     */
    static AuditParameters of(HttpServletRequest request, String workspaceId, @Nullable String ofNode) {
        var query = QueryFields.of(request);
        var newestFirst = query.word("sort", Map.of("position", false, "-position", true));
        var include = query.words("include", Map.of("steps", true));
        var nodeId = query.text("node_id", Rule.none());
        var actor = query.text("actor", ACTOR_RULE);
        var action = query.text("action", ACTION_RULE).orNull();
        var from = moment(query.text("from", TIME_RULE).orNull());
        var to = moment(query.text("to", TIME_RULE).orNull());
        var limit = Cursor.limit(query);
        if (from != null && to != null && !from.isBefore(to)) {
            query.violations().add("to", "out_of_range", "must be later than from");
        }
        var filter = new AuditFilter(
                workspaceId,
                ofNode,
                ofNode == null ? nodeId.orNull() : null,
                actor.orNull(),
                action == null ? List.of() : List.of(action.split(",", -1)),
                from,
                to,
                include.orNull() != null,
                newestFirst.orElse(false));
        var after = Cursor.key(query, filter.list(), AuditPlace::isPlace);
        query.finish();
        return new AuditParameters(
                filter, after == null ? null : AuditPlace.of(after), limit.orElse(CursorPage.DEFAULT_LIMIT));
    }

    private static @Nullable Instant moment(@Nullable String text) {
        return text == null ? null : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean isTime(String text) {
        try {
            return TIME.matcher(text).matches() && OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException malformed) {
            return false;
        }
    }
}
