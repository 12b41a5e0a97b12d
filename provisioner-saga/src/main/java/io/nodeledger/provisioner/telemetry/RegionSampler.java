package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.region.OutageLog;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Samples one region's machines, on one instance at a time. */
final class RegionSampler {
    private static final int MOST_SLICES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProxmoxRegion region;
    private final TelemetryTable table;
    private final RegionTurns turns;
    private final TelemetrySettings settings;
    private final InstantSource clock;
    private final Samples samples;
    private final KubernetesMemory memory;
    private final DetailLooks details;
    private volatile Map<String, MachineFigures> running = Map.of();

    RegionSampler(
            ProxmoxRegion region,
            KubernetesRegion cluster,
            TelemetryTable table,
            RegionTurns turns,
            TelemetrySettings settings,
            InstantSource clock,
            OutageLog outages) {
        this.region = region;
        this.table = table;
        this.turns = turns;
        this.settings = settings;
        this.clock = clock;
        this.samples = new Samples(region.vmIds());
        this.memory = new KubernetesMemory(
                cluster, clock, outages, settings.sampleInterval().multipliedBy(3));
        this.details = new DetailLooks(region.client(), clock, slices(settings), settings.parallelDetails());
    }

    /**
     * Takes a sample of every machine, when it is this instance's turn.
     *
     * @throws ProxmoxFailure when the cluster does not answer
     */
    void sample() throws InterruptedException {
        if (!turns.claim(region.id(), settings.turn())) {
            samples.forget();
            running = Map.of();
            return;
        }
        memory.ask();
        Instant asked = clock.instant();
        var figures = region.client().figures();
        Instant answered = clock.instant();
        memory.await(PATIENCE);
        // What it says held somewhere in between.
        Instant at = asked.plus(Duration.between(asked, answered).dividedBy(2)).truncatedTo(ChronoUnit.MILLIS);
        var taken = samples.of(at, figures, new Samples.Beside(memory::of, details::take));
        running = samples.running();
        table.write(region.id(), taken);
    }

    /** Asks the machines whose turn it is. */
    void lookAtDetails() throws InterruptedException {
        details.look(running);
    }

    /** How often the machines are asked for details, a slice of them each time. */
    static Duration detailPause(TelemetrySettings settings) {
        return settings.detailInterval().dividedBy(slices(settings));
    }

    private static int slices(TelemetrySettings settings) {
        long fit = settings.detailInterval().dividedBy(settings.sampleInterval());
        return Math.clamp(fit, 1, MOST_SLICES);
    }
}
