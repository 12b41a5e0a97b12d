package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.proxmox.client.DiskOperations;
import io.nodeledger.provisioner.proxmox.client.GuestPackets;
import io.nodeledger.provisioner.proxmox.client.GuestStorage;
import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.telemetry.Details.Rates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks a region's machines one by one for what the list of all does not have. Each look takes a slice of them, so that ten
 * thousand machines are spread over the time there is.
 */
final class DetailLooks {
    private final ProxmoxClient client;
    private final InstantSource clock;
    private final int slices;
    private final int parallel;
    private final Map<String, Counters> counters = new ConcurrentHashMap<>();
    private final Map<String, Details> found = new ConcurrentHashMap<>();
    private int turn;

    /**
     * Looks that have not begun.
     *
     * @param slices how many looks it takes until each machine has been asked
     * @param parallel how many machines are asked at a time
     */
    DetailLooks(ProxmoxClient client, InstantSource clock, int slices, int parallel) {
        this.client = client;
        this.clock = clock;
        this.slices = slices;
        this.parallel = parallel;
    }

    private record Counters(
            Instant at,
            long uptimeSeconds,
            @Nullable DiskOperations disks,
            @Nullable GuestPackets packets) {}

    /**
     * Looks at the next slice. A host that does not answer keeps no other waiting, and is left alone until the next look.
     *
     * @throws InterruptedException when the look is broken off
     */
    void look(Map<String, MachineFigures> running) throws InterruptedException {
        int slice = turn++ % slices;
        counters.keySet().retainAll(running.keySet());
        found.keySet().retainAll(running.keySet());
        var free = new Semaphore(parallel);
        var hosts = new HashMap<String, AskedHost>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach((nodeId, machine) -> {
                if (machine.vmId() % slices == slice) {
                    var host = hosts.computeIfAbsent(machine.host(), _ -> new AskedHost(free));
                    threads.execute(() -> lookWhenFree(nodeId, machine, host));
                }
            });
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** What has been found since it was last taken. */
    Optional<Details> take(String nodeId) {
        return Optional.ofNullable(found.remove(nodeId));
    }

    private void lookWhenFree(String nodeId, MachineFigures machine, AskedHost host) {
        try {
            host.whenFree(() -> look(nodeId, machine, host));
        } catch (InterruptedException brokenOff) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String nodeId, MachineFigures machine, AskedHost host) {
        var disks = host.ask(() -> client.diskOperations(machine.host(), machine.vmId()));
        Instant at = clock.instant();
        var packets = host.ask(() -> client.packets(machine.host(), machine.vmId()));
        var storage = host.ask(() -> client.storage(machine.host(), machine.vmId()));
        if (host.isSilent()) {
            return;
        }
        var next = new Counters(at, machine.uptimeSeconds(), disks.orElse(null), packets.orElse(null));
        Counters before = counters.put(nodeId, next);
        found.put(
                nodeId,
                new Details(
                        at,
                        storage.map(GuestStorage::usedBytes).orElse(null),
                        storage.map(GuestStorage::totalBytes).orElse(null),
                        before == null ? null : operations(before, next),
                        before == null ? null : packets(before, next)));
    }

    private static @Nullable Rates operations(Counters before, Counters next) {
        var from = before.disks();
        var to = next.disks();
        return from == null || to == null
                ? null
                : rates(before, next, to.reads() - from.reads(), to.writes() - from.writes());
    }

    private static @Nullable Rates packets(Counters before, Counters next) {
        var from = before.packets();
        var to = next.packets();
        return from == null || to == null
                ? null
                : rates(before, next, to.received() - from.received(), to.sent() - from.sent());
    }

    /** Counters that fell began anew. */
    private static @Nullable Rates rates(Counters before, Counters next, long one, long other) {
        double seconds = Duration.between(before.at(), next.at()).toNanos() / 1e9;
        boolean anew = next.uptimeSeconds() < before.uptimeSeconds() || one < 0 || other < 0;
        return anew || seconds <= 0 ? null : new Rates(one / seconds, other / seconds);
    }
}
