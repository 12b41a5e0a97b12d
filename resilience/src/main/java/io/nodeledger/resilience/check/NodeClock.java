package io.nodeledger.resilience.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node costs, added up interval by interval from its stream by rules that are written down here once more (source:
 * rulings, "State machine" and 12).
 */
final class NodeClock {
    private static final BigDecimal MILLIS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());
    private static final int DIGITS = 12;

    private final List<Change> changes = new ArrayList<>();
    private BigDecimal running = BigDecimal.ZERO;
    private BigDecimal stopped = BigDecimal.ZERO;
    private @Nullable Instant provenAt;

    /** From the moment on it costs so much an hour. */
    private record Change(Instant at, BigDecimal rate) {}

    /** Follows the node's stream. */
    void apply(RecordedEvent event) {
        switch (event.type()) {
            case "NodeProvisioningStarted" -> {
                running = rate(event, "hourlyRate");
                stopped = rate(event, "stoppedRate");
            }
            case "NodeProvisioningCompleted", "NodeStarted", "NodeRebooted", "MachineFoundOn" -> seen(event, running);
            case "NodeStopped", "MachineFoundOff" -> seen(event, stopped);
            case "PowerOperationFailed", "NodeDeletionFailed" ->
                change(
                        at(event),
                        switch (event.text("status")) {
                            case "RUNNING" -> running;
                            case "STOPPED" -> stopped;
                            default -> BigDecimal.ZERO;
                        });
            case "NodeProvisioningFailed", "NodeProvisioningRetried", "NodeNeedsAttention", "NodeDeleted" ->
                change(at(event), BigDecimal.ZERO);
            case "MachineVanished" -> vanished(Instant.parse(event.text("lastSeenAt")));
            default -> {}
        }
    }

    /** When the node was ready for the first time, null as long as it was not. */
    @Nullable
    Instant firstReadyAt() {
        return changes.isEmpty() ? null : changes.getFirst().at();
    }

    /** USD an hour, times milliseconds, until a moment. */
    BigDecimal rateMillis(Instant until) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < changes.size(); i++) {
            Instant end = i + 1 < changes.size() ? changes.get(i + 1).at() : until;
            long millis = Duration.between(changes.get(i).at(), end.isBefore(until) ? end : until)
                    .toMillis();
            sum = sum.add(changes.get(i).rate().multiply(BigDecimal.valueOf(Math.max(0, millis))));
        }
        return sum;
    }

    /** The same in USD. */
    static BigDecimal usd(BigDecimal rateMillis) {
        return rateMillis.divide(MILLIS_PER_HOUR, DIGITS, RoundingMode.HALF_UP);
    }

    private void seen(RecordedEvent event, BigDecimal rate) {
        change(at(event), rate);
        provenAt = at(event);
    }

    private void change(Instant at, BigDecimal rate) {
        if (rate.signum() != 0 || !changes.isEmpty()) {
            changes.add(new Change(at, rate));
        }
    }

    /** It is billed to the last moment at which it certainly was there, whatever was recorded of it since. */
    private void vanished(Instant lastSeenAt) {
        if (provenAt == null) {
            return;
        }
        Instant end = lastSeenAt.isBefore(provenAt) ? provenAt : lastSeenAt;
        changes.removeIf(change -> change.at().isAfter(end));
        change(end, BigDecimal.ZERO);
        provenAt = end;
    }

    private static Instant at(RecordedEvent event) {
        return Instant.parse(event.text("effectiveAt"));
    }

    private static BigDecimal rate(RecordedEvent event, String name) {
        return new BigDecimal(event.payload().path("terms").path(name).asString("0"));
    }
}
