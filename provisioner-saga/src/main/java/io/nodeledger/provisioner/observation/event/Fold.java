package io.nodeledger.provisioner.observation.event;

import java.time.Duration;
import java.time.Instant;

/**
 * The same event any number of times.
 *
 * @param id uid of the event object that it began with
 * @param count how often it happened
 */
record Fold(String id, What what, long count, Instant firstAt, Instant lastAt) {
    /** Further apart, the same is told as two things; Kubernetes' own recorders group what is similar for as long. */
    static final Duration NEAR = Duration.ofMinutes(10);

    /** Whether an event, which says the same, happened while this did or soon before or after. */
    boolean isNear(SeenEvent event) {
        return !lastAt.isBefore(event.firstAt().minus(NEAR))
                && !firstAt.isAfter(event.lastAt().plus(NEAR));
    }

    /** This and more of the same, with the youngest wording. */
    Fold and(long more, SeenEvent event) {
        return new Fold(
                id,
                event.lastAt().isBefore(lastAt) ? what : event.what(),
                count + more,
                event.firstAt().isBefore(firstAt) ? event.firstAt() : firstAt,
                event.lastAt().isAfter(lastAt) ? event.lastAt() : lastAt);
    }
}
