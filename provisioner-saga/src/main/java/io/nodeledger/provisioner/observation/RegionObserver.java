package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.watch.Watched.Seen;
import io.nodeledger.provisioner.observation.ObservationTable.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes one region's cluster through two watches. A look costs the cluster nothing, and counts only when the leases'
 * watch has told anything since the last one: a watch that was cut off looks like a cluster in which nothing happens. One
 * that stays silent is begun anew, as soon as the cluster answers at all.
 */
final class RegionObserver {
    /** API servers tell every minute when nothing has changed. */
    private static final Duration LONGEST_SILENCE_OF_NODES = Duration.ofMinutes(3);

    private final KubernetesRegion cluster;
    private final ObservationTable table;
    private final ObservationSettings settings;
    private final InstantSource clock;
    private final Supplier<Map<Integer, Instant>> machineStarts;

    private @Nullable Written written;
    private @Nullable Seen<Lease> leases;
    private @Nullable Seen<Node> nodes;
    private Instant heardLeases;
    private Instant heardNodes;
    private boolean cutOff;

    RegionObserver(
            KubernetesRegion cluster,
            ObservationTable table,
            ObservationSettings settings,
            InstantSource clock,
            Supplier<Map<Integer, Instant>> machineStarts) {
        this.cluster = cluster;
        this.table = table;
        this.settings = settings;
        this.clock = clock;
        this.machineStarts = machineStarts;
        this.heardLeases = clock.instant();
        this.heardNodes = heardLeases;
    }

    /**
     * Looks once, when it is this instance's turn.
     *
     * @throws KubernetesClientException when the cluster has been silent and does not answer
     */
    void look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!table.claim(cluster.id(), settings.turn())) {
            leave();
            return;
        }
        if (written == null) {
            written = table.read(cluster.id());
            heardLeases = now;
            heardNodes = now;
        }
        boolean heard = listen(now);
        if (cutOff || isSilent(now)) {
            cutOff = true;
            cluster.call(cluster.leases()::probe);
            beginAnew(now);
        } else if (heard && nodes != null && leases != null) {
            write(written, nodes, leases, now);
        }
    }

    /** Another instance observes the region now; it costs that one's watches and not ours. */
    private void leave() {
        if (written != null) {
            written = null;
            cluster.leases().renew();
        }
    }

    /** Whether the leases' watch has told anything since the last look. */
    private boolean listen(Instant now) {
        Optional<Seen<Lease>> seenLeases = cluster.leases().seen();
        Optional<Seen<Node>> seenNodes = cluster.watch().seen();
        if (seenNodes.isPresent() && !seenNodes.get().isSilentSince(nodes)) {
            nodes = seenNodes.get();
            heardNodes = now;
        }
        if (seenLeases.isPresent() && !seenLeases.get().isSilentSince(leases)) {
            leases = seenLeases.get();
            heardLeases = now;
            return true;
        }
        return false;
    }

    private boolean isSilent(Instant now) {
        return heardLeases.plus(settings.silence()).isBefore(now)
                || heardNodes.plus(LONGEST_SILENCE_OF_NODES).isBefore(now);
    }

    private void beginAnew(Instant now) {
        cluster.leases().renew();
        cluster.watch().renew();
        leases = null;
        nodes = null;
        heardLeases = now;
        heardNodes = now;
        cutOff = false;
    }

    private void write(Written before, Seen<Node> seenNodes, Seen<Lease> seenLeases, Instant now) {
        Map<String, Observation> seen = new Look(before.nodes(), before.observedAt(), now, machineStarts)
                .at(seenNodes.objects(), seenLeases.objects());
        written = null;
        if (table.write(cluster.id(), before.nodes(), seen, now)) {
            written = new Written(now, seen);
        }
    }
}
