package io.nodeledger.query.events;

import io.nodeledger.base.web.Rule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameter {@code since}: a duration up to now, or a time (source: API decisions, "Endpoint by endpoint"). */
final class Since {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-.{1,40}");

    /** Whether a text is one of both. */
    static final Rule<String> RULE = text -> read(text, Instant.EPOCH).isPresent()
            ? Optional.empty()
            : Rule.broken(
                    "malformed",
                    "must be a duration such as 30m, 24h or 7d, or an RFC 3339 time such as 2024-01-20T10:00:00Z");

    private Since() {}

    /** The moment that a text which keeps the rule stands for; nothing has happened before 1970. */
    static Instant moment(String text, Instant now) {
        Instant moment = read(text, now).orElseThrow();
        return moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Instant> read(String text, Instant now) {
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            return Optional.of(now.minus(unit(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1)))));
        }
        try {
            return TIME.matcher(text).matches()
                    ? Optional.of(OffsetDateTime.parse(text).toInstant())
                    : Optional.empty();
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
