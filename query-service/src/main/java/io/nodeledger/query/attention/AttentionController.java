package io.nodeledger.query.attention;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import io.nodeledger.query.paging.TimeKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/admin/attention}: what can't go on, or not by itself, until a person has looked at it. */
@RestController
class AttentionController {
    private static final Map<String, String> KINDS = Stream.of(
                    AttentionQueries.GIVEN_UP, AttentionQueries.HELD, AttentionQueries.STUCK)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    private final AttentionQueries attention;

    AttentionController(AttentionQueries attention) {
        this.attention = attention;
    }

    @Requires(Permission.PLATFORM_ADMIN)
    @GetMapping("/api/v1/admin/attention")
    ResponseEntity<Data<List<AttentionView>>> list(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var kind = query.word("kind", KINDS);
        var region = query.text("region", Rule.none());
        var workspaceId = query.text("workspace_id", Rule.none());
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, AttentionQueries.LIST, TimeKey::isKey);
        query.finish();
        var filter = new AttentionQueries.Filter(kind.orNull(), region.orNull(), workspaceId.orNull());
        return Answers.cursorPage(request, attention.list(filter, after, limit.orElse(CursorPage.DEFAULT_LIMIT)));
    }
}
