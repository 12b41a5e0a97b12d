package io.nodeledger.command.transition;

import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Violations;
import io.nodeledger.events.transition.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A maintenance window of a request: two RFC 3339 times with their offsets. */
record WindowBody(Instant start, Instant end) {
    /** The field. */
    static final String NAME = "maintenance_window";

    /** How far ahead a window may begin: as long as it waits, the workspace has no other transition. */
    private static final Duration FURTHEST = Duration.ofDays(90);

    static final JsonValue<WindowBody> VALUE = JsonValues.object(fields -> {
        var start = fields.required("start", JsonValues.moment());
        var end = fields.required("end", JsonValues.moment());
        return () -> new WindowBody(start.get(), end.get());
    });

    /** The window, or none where it could never be used, which is noted. */
    Optional<MaintenanceWindow> window(Violations violations, Instant now) {
        if (!start.isBefore(end)) {
            violations.add(NAME + ".end", "out_of_range", "must be after the window's start");
            return Optional.empty();
        }
        if (start.isBefore(now)) {
            violations.add(NAME + ".start", "out_of_range", "must be in the future");
            return Optional.empty();
        }
        if (start.isAfter(now.plus(FURTHEST))) {
            violations.add(NAME + ".start", "out_of_range", "must be within " + FURTHEST.toDays() + " days");
            return Optional.empty();
        }
        return Optional.of(new MaintenanceWindow(start, end));
    }
}
