package io.nodeledger.simulators.kubernetes.object;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Kubernetes' two time formats and the short ages that kubectl prints. */
public final class Times {
    private static final DateTimeFormatter MICRO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** metav1.Time: whole seconds. */
    public static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** metav1.MicroTime. */
    public static String micros(Instant instant) {
        return MICRO.format(instant);
    }

    public static Optional<Instant> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    /** An age as kubectl prints it: {@code 5s}, {@code 3m20s}, {@code 2d4h}. */
    public static String age(String since, Instant now) {
        return parse(since).map(then -> age(Duration.between(then, now))).orElse("<unknown>");
    }

    private static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (seconds < 3 * 3600) {
            return seconds / 60 + "m";
        }
        if (seconds < 8 * 3600) {
            return seconds / 3600 + "h" + (seconds / 60 % 60 == 0 ? "" : seconds / 60 % 60 + "m");
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + "h";
        }
        return seconds / 86400 + "d"
                + (seconds < 8 * 86400 && seconds / 3600 % 24 != 0 ? seconds / 3600 % 24 + "h" : "");
    }
}
