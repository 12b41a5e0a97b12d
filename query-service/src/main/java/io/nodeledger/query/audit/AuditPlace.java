package io.nodeledger.query.audit;

import java.util.regex.Pattern;

/**
 * Where a reader of the trail is. Events and denied attempts are two logs that are read as one: a denied attempt comes after
 * the last event that was there when it was written down, and after those that were denied before it.
 *
 * @param position of an event, or of the event that a denied attempt comes after
 * @param denied number of a denied attempt; 0 for an event, which comes before those of its position
 */
record AuditPlace(long position, long denied) {
    static final AuditPlace BEGINNING = new AuditPlace(0, 0);
    static final AuditPlace END = new AuditPlace(Long.MAX_VALUE - 1, 0);

    /** Cursors from before denied attempts were listed name a position alone. */
    private static final Pattern SHAPE = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,18})?");

    static boolean isPlace(String text) {
        return SHAPE.matcher(text).matches();
    }

    static AuditPlace of(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new AuditPlace(Long.parseLong(text), 0)
                : new AuditPlace(Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    /**
     * Where a reader is who goes on from here and is shown an entry. Towards the newest both logs are followed by themselves: a
     * denied attempt that is committed late is missed by nobody. Towards the oldest nothing can turn up any more.
     */
    AuditPlace after(AuditPlace shown, boolean newestFirst) {
        if (newestFirst) {
            return shown;
        }
        return shown.denied() > 0 ? new AuditPlace(position, shown.denied()) : new AuditPlace(shown.position(), denied);
    }

    String text() {
        return position + "." + denied;
    }
}
