package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the events of one region's nodes and writes them down. Whatever happens, the answer is to list them again: what
 * is known already is not counted twice, and Kubernetes still has what was missed.
 */
final class RegionEvents implements AutoCloseable {
    /** Half of what Kubernetes keeps, so that what a watch missed without a sign is in a list before it is forgotten. */
    private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);

    private static final int BATCH = 1000;

    private final KubernetesRegion cluster;
    private final EventTable table;
    private final RegionTurns turns;
    private final EventSettings settings;
    private final InstantSource clock;

    private volatile @Nullable EventStream stream;
    private @Nullable Object heart;
    private Instant begun = Instant.MIN;

    RegionEvents(
            KubernetesRegion cluster,
            EventTable table,
            RegionTurns turns,
            EventSettings settings,
            InstantSource clock) {
        this.cluster = cluster;
        this.table = table;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Writes down what was told since the last look, when it is this instance's turn.
     *
     * @throws KubernetesClientException when the cluster does not answer or refuses
     * @throws org.springframework.dao.DataAccessException when it can't be written; it will be at a later look
     */
    void look() {
        if (!turns.holds(cluster.id())) {
            close();
            return;
        }
        try {
            Instant now = clock.instant();
            EventStream followed = stream;
            if (followed == null || followed.hasEnded() || isSuspect(now)) {
                close();
                followed = begin(now);
            }
            writeAll(followed);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /**
     * No node has to have events, so that one that was cut off can't be told from a quiet one. But kubelets renew leases:
     * when their watch had to be begun anew, this one fared no better.
     */
    @SuppressWarnings("ReferenceEquality") // a watch is the same or it isn't
    private boolean isSuspect(Instant now) {
        return heart != cluster.leases().running() || begun.plus(LONGEST_WATCH).isBefore(now);
    }

    private EventStream begin(Instant now) {
        heart = cluster.leases().running();
        begun = now;
        var begunStream = cluster.call(() -> {
            var client = cluster.client();
            String version = EventPages.read(client, now, this::write);
            return EventStream.after(version, client, clock);
        });
        stream = begunStream;
        return begunStream;
    }

    private void writeAll(EventStream followed) {
        List<SeenEvent> some = followed.take(BATCH);
        while (!some.isEmpty()) {
            write(some);
            some = followed.take(BATCH);
        }
    }

    /** What would be removed for its age at once is not written. */
    private void write(Collection<SeenEvent> seen) {
        Instant oldest = clock.instant().minus(settings.retention());
        table.write(
                cluster.id(),
                seen.stream().filter(event -> event.lastAt().isAfter(oldest)).toList());
    }

    /** Follows no more, until the next look. */
    @Override
    public void close() {
        EventStream followed = stream;
        stream = null;
        if (followed != null) {
            followed.close();
        }
    }
}
