package io.nodeledger.base.web;

import java.time.Duration;

/** Durations as the contract writes them: {@code 7d 12h 45m}. */
public final class ProseDuration {
    private ProseDuration() {}

    /** Days, hours and minutes, from the first that is not zero; always the minutes. */
    public static String of(Duration duration) {
        var text = new StringBuilder();
        if (duration.toDays() > 0) {
            text.append(duration.toDays()).append("d ");
        }
        if (duration.toHours() > 0) {
            text.append(duration.toHoursPart()).append("h ");
        }
        return text.append(duration.toMinutesPart()).append('m').toString();
    }
}
