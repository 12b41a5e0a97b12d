package io.nodeledger.events.identity;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes the identifiers of the API: a prefix and 26 characters of a lower-case ULID in Crockford base 32, time-ordered
 * and random (source: API decisions, "Identifiers, names, units").
 */
public final class Ids {
    private static final Pattern SHAPE =
            Pattern.compile("(node|op|task|trans|evt|wh|dlv|rpl|key)-[0-7][0-9a-hjkmnp-tv-z]{25}");

    private Ids() {}

    /** A new node id. */
    public static String node() {
        return next("node-");
    }

    /** A new id of a power operation (start, stop, reboot). */
    public static String operation() {
        return next("op-");
    }

    /** A new id of a provisioning or deletion. */
    public static String task() {
        return next("task-");
    }

    /** A new id of a transition. */
    public static String transition() {
        return next("trans-");
    }

    /** A new event id. */
    public static String event() {
        return next("evt-");
    }

    /** A new id of a webhook endpoint. */
    public static String webhook() {
        return next("wh-");
    }

    /** A new id of a delivery to a webhook endpoint, after all that this process has made before: lists are in their order. */
    public static String delivery() {
        return after("dlv-");
    }

    /** A new id of a replay to a webhook endpoint. */
    public static String replay() {
        return next("rpl-");
    }

    /** A new name of a secret, after all that this process has made before. */
    public static String key() {
        return after("key-");
    }

    /** Whether the text has the shape of an identifier of ours, whatever its prefix. */
    public static boolean isWellFormed(String id) {
        return SHAPE.matcher(id).matches();
    }

    /** In the order of milliseconds; within one, nobody can guess the next. */
    private static String next(String prefix) {
        return prefix + Ulid.fast().toString().toLowerCase(Locale.ROOT);
    }

    private static String after(String prefix) {
        return prefix + UlidCreator.getMonotonicUlid().toString().toLowerCase(Locale.ROOT);
    }
}
