package io.nodeledger.command.waiting;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code Prefer: wait=N} (source: RFC 7240). A preference that can't be understood is ignored, never an error; of
 * several the first counts.
 */
final class WaitPreference {
    /** The header that asks. */
    static final String HEADER = "Prefer";

    /** The header that tells what was granted. */
    static final String APPLIED = "Preference-Applied";

    private static final int LONGEST_SECONDS = 30;
    private static final int DIGITS = 9;

    /** One preference, its value a token or a quoted string, with whatever parameters. */
    private static final Pattern PREFERENCE =
            Pattern.compile("\\s*([^\\s=;,\"]*)\\s*(?:=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;,\"]*))?\\s*"
                    + "(?:;(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)?(?:,|$)");

    private WaitPreference() {}

    /** Seconds to wait, at most 30. */
    static Optional<Integer> of(HttpServletRequest request) {
        String preferences = String.join(",", Collections.list(request.getHeaders(HEADER)));
        var each = PREFERENCE.matcher(preferences);
        int from = 0;
        while (from < preferences.length() && each.find(from) && each.start() == from) {
            if (each.group(1).equalsIgnoreCase("wait")) {
                return Optional.ofNullable(each.group(2)).flatMap(WaitPreference::seconds);
            }
            from = each.end();
        }
        return Optional.empty();
    }

    private static Optional<Integer> seconds(String value) {
        String number = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        if (!number.matches("[0-9]{1," + DIGITS + "}") || Integer.parseInt(number) == 0) {
            return Optional.empty();
        }
        return Optional.of(Math.min(Integer.parseInt(number), LONGEST_SECONDS));
    }
}
