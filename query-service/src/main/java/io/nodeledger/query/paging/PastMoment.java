package io.nodeledger.query.paging;

import io.nodeledger.base.web.Field;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.base.web.Rule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A time parameter that asks how something was known then. What lies in the future is now. */
public final class PastMoment {
    private final Field<String> text;
    private final Instant now;

    private PastMoment(Field<String> text, Instant now) {
        this.text = text;
        this.now = now;
    }

    /** The parameter {@code at}. Read it before the query is finished, use it afterwards. */
    public static PastMoment at(QueryFields query, Instant now) {
        return new PastMoment(query.text("at", PastMoment::check), now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether it was asked for. */
    public boolean isPresent() {
        return text.orNull() != null;
    }

    /** The moment; now where none was asked for. */
    public Instant orNow() {
        String given = text.orNull();
        if (given == null) {
            return now;
        }
        Instant moment = OffsetDateTime.parse(given).toInstant().truncatedTo(ChronoUnit.MILLIS);
        return moment.isBefore(now) ? moment : now;
    }

    private static Optional<Rule.Broken> check(String text) {
        try {
            OffsetDateTime.parse(text);
            return Optional.empty();
        } catch (DateTimeException malformed) {
            return Rule.broken("malformed", "must be an RFC 3339 time such as 2024-01-20T10:00:00Z");
        }
    }
}
