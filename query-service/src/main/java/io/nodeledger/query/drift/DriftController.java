package io.nodeledger.query.drift;

import static java.util.function.Function.identity;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.PageLinks;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/admin/drift}: what differs between the nodes and their providers, and what became of it. */
@RestController
class DriftController {
    private static final Map<String, String> ACTIONS =
            Stream.of("none", "repaired", "held_back").collect(Collectors.toMap(identity(), identity()));
    private static final Rule<String> WORD = rule("[a-z_]{1,40}", "must be a kind of drift");
    private static final Rule<String> REGION = rule("[A-Za-z0-9._-]{1,100}", "must be a region's id");

    private final DriftQueries drift;

    DriftController(DriftQueries drift) {
        this.drift = drift;
    }

    @Requires(Permission.PLATFORM_ADMIN)
    @GetMapping("/api/v1/admin/drift")
    ResponseEntity<DriftViews.Listed> list(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var region = query.text("region", REGION);
        var kind = query.text("kind", WORD);
        var action = query.word("action", ACTIONS);
        var limit = Cursor.limit(query);
        var after = Cursor.key(query, DriftQueries.LIST, DriftQueries.KEY.asMatchPredicate());
        query.finish();
        var filter = new DriftQueries.Filter(region.orNull(), kind.orNull(), action.orNull());
        var page = drift.list(filter, after, limit.orElse(CursorPage.DEFAULT_LIMIT));
        var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        if (page.next() != null) {
            answer.header(HttpHeaders.LINK, PageLinks.next(request, page.next()));
        }
        return answer.body(new DriftViews.Listed(page.items(), drift.regions()));
    }

    private static Rule<String> rule(String shape, String otherwise) {
        var pattern = Pattern.compile(shape);
        return text -> pattern.matcher(text).matches() ? Optional.empty() : Rule.broken("malformed", otherwise);
    }
}
