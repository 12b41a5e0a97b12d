package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.pod.PlacedPod;
import io.nodeledger.provisioner.observation.ObservationTable.Written;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes one region's cluster through three watches. A look costs the cluster nothing, and counts only when the leases'
 * watch has told anything since the last one: a watch that was cut off looks like a cluster in which nothing happens.
 * One that stays silent is begun anew, as soon as the cluster answers at all. What is known of pods has a time of its
 * own: theirs may be the only watch that is cut off.
 */
final class RegionObserver {
    /** API servers tell every minute when nothing has changed. */
    private static final Duration LONGEST_SILENCE_OF_NODES = Duration.ofMinutes(3);

    /** The same, but shorter than what readers put up with: one that is cut off is begun anew before they notice. */
    private static final Duration LONGEST_SILENCE_OF_PODS = Duration.ofMinutes(2);

    private final KubernetesRegion cluster;
    private final ObservationTable table;
    private final RegionTurns turns;
    private final ObservationSettings settings;
    private final InstantSource clock;
    private final Supplier<Map<Integer, Instant>> machineStarts;

    private final Heard<Lease> leases;
    private final Heard<Node> nodes;
    private final Heard<PlacedPod> pods;
    private @Nullable Written written;
    private boolean observing;
    private boolean cutOff;
    private boolean podsCutOff;

    RegionObserver(
            KubernetesRegion cluster,
            ObservationTable table,
            RegionTurns turns,
            ObservationSettings settings,
            InstantSource clock,
            Supplier<Map<Integer, Instant>> machineStarts) {
        this.cluster = cluster;
        this.table = table;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
        this.machineStarts = machineStarts;
        Instant now = clock.instant();
        this.leases = new Heard<>(now);
        this.nodes = new Heard<>(now);
        this.pods = new Heard<>(now);
    }

    /**
     * Looks once, when it is this instance's turn.
     *
     * @throws KubernetesClientException when the cluster has been silent and does not answer
     */
    void look() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!turns.claim(cluster.id(), settings.turn())) {
            leave(now);
            return;
        }
        observing = true;
        if (written == null) {
            written = table.read(cluster.id());
            leases.resume(now);
            nodes.resume(now);
            pods.resume(now);
        }
        boolean heard = leases.listen(cluster.leases().seen(), now);
        nodes.listen(cluster.watch().seen(), now);
        pods.listen(cluster.pods().seen(), now);
        if (cutOff || isSilent(now)) {
            cutOff = true;
            cluster.call(cluster.leases()::probe);
            beginAnew(now);
        } else if (heard) {
            write(written, now);
        }
        attendToPods(now);
    }

    /** Another instance observes the region now; it costs that one's watches and not ours. */
    private void leave(Instant now) {
        if (observing) {
            observing = false;
            written = null;
            cluster.leases().renew();
            renewPods(now);
        }
    }

    private boolean isSilent(Instant now) {
        return leases.isSilent(settings.silence(), now) || nodes.isSilent(LONGEST_SILENCE_OF_NODES, now);
    }

    private void beginAnew(Instant now) {
        cluster.leases().renew();
        cluster.watch().renew();
        leases.forget(now);
        nodes.forget(now);
        renewPods(now);
        cutOff = false;
    }

    /** While only they are silent everything else goes on, and what is known of them grows old. */
    private void attendToPods(Instant now) {
        if (podsCutOff || pods.isSilent(LONGEST_SILENCE_OF_PODS, now)) {
            podsCutOff = true;
            cluster.call(cluster.pods()::probe);
            renewPods(now);
        }
    }

    private void renewPods(Instant now) {
        cluster.pods().renew();
        pods.forget(now);
        podsCutOff = false;
    }

    private void write(Written before, Instant now) {
        var seenNodes = nodes.seen();
        var seenLeases = leases.seen();
        if (seenNodes == null || seenLeases == null) {
            return;
        }
        var seenPods = pods.seen();
        Map<String, Observation> seen = new Look(before.nodes(), before.observedAt(), now, machineStarts)
                .at(seenNodes.objects(), seenLeases.objects(), seenPods == null ? null : seenPods.objects());
        written = null;
        if (table.write(cluster.id(), before.nodes(), seen, now, pods.toldAt())) {
            written = new Written(now, seen);
        }
    }
}
