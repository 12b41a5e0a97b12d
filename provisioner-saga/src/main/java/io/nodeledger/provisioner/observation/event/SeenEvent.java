package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event object about a node of the platform. Kubernetes counts one up while the same happens again; what was recorded
 * through {@code events.k8s.io} has its times and its count elsewhere than older events, and is read the same.
 *
 * @param uid of the event object
 * @param count how often it happened up to now, at least once
 */
record SeenEvent(String uid, What what, long count, Instant firstAt, Instant lastAt) {
    private static final Pattern NODE_NAME = Pattern.compile("(node-[0-9a-z]{1,40})-k8s");
    /** Kubernetes allows 1,024 bytes, but did not always. */
    private static final int LONGEST_MESSAGE = 1024;

    private static final int LONGEST_WORD = 256;

    /**
     * The event, when it is about one of the platform's nodes. These are known by their names: the uid that an event
     * gives for a node may be the name, too.
     *
     * @param now nothing can have happened later, whatever a node's clock says
     */
    static Optional<SeenEvent> of(Event event, Instant now) {
        var about = event.getInvolvedObject();
        var metadata = event.getMetadata();
        if (about == null || metadata == null || metadata.getUid() == null || !"Node".equals(about.getKind())) {
            return Optional.empty();
        }
        Matcher ours = NODE_NAME.matcher(Objects.requireNonNullElse(about.getName(), ""));
        if (!ours.matches()) {
            return Optional.empty();
        }
        var series = event.getSeries();
        Instant made = time(metadata.getCreationTimestamp()).orElse(now);
        Instant first = times(event).min(Instant::compareTo).orElse(made);
        Instant last = times(event).max(Instant::compareTo).orElse(made);
        return Optional.of(new SeenEvent(
                metadata.getUid(),
                new What(
                        ours.group(1),
                        "Warning".equals(event.getType()) ? "Warning" : "Normal",
                        storable(event.getReason(), LONGEST_WORD),
                        storable(event.getMessage(), LONGEST_MESSAGE),
                        storable(source(event), LONGEST_WORD)),
                Math.max(1, Math.max(number(event.getCount()), series == null ? 0 : number(series.getCount()))),
                noLaterThan(now, first),
                noLaterThan(now, last)));
    }

    private static Stream<Instant> times(Event event) {
        var series = event.getSeries();
        return Stream.of(
                        time(event.getFirstTimestamp()),
                        time(event.getLastTimestamp()),
                        time(event.getEventTime()),
                        series == null ? Optional.<Instant>empty() : time(series.getLastObservedTime()))
                .flatMap(Optional::stream);
    }

    private static Optional<Instant> time(@Nullable MicroTime time) {
        return time == null ? Optional.empty() : time(time.getTime());
    }

    /** A time that can't be read is none. */
    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null || text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    private static String source(Event event) {
        var source = event.getSource();
        String component = source == null ? null : source.getComponent();
        return component == null || component.isEmpty() ? event.getReportingComponent() : component;
    }

    private static Instant noLaterThan(Instant now, Instant time) {
        return time.isAfter(now) ? now.truncatedTo(ChronoUnit.MILLIS) : time;
    }

    private static long number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /** Text that the database takes: neither NUL nor half of a surrogate pair, which would stop all that comes after. */
    private static String storable(@Nullable String text, int longest) {
        String given = Objects.requireNonNullElse(text, "").replace('\0', ' ');
        String cut = given.length() <= longest ? given : given.substring(0, longest);
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
