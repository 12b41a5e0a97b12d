package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.region.IdRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes samples of readings; rates are those since the reading before, which it keeps. */
final class Samples {
    private final IdRange vmIds;
    private Map<String, Reading> before = Map.of();

    Samples(IdRange vmIds) {
        this.vmIds = vmIds;
    }

    /** What other sources know of a node. */
    record Beside(Function<String, OptionalLong> memory, Function<String, Optional<Details>> details) {}

    /** The samples of one listing. */
    List<Sample> of(Instant at, List<MachineFigures> listing, Beside beside) {
        Map<String, MachineFigures> machines = byNode(listing);
        var samples = new ArrayList<Sample>(machines.size());
        var readings = new HashMap<String, Reading>();
        machines.forEach((nodeId, figures) -> {
            var reading = new Reading(at, figures);
            readings.put(nodeId, reading);
            samples.add(sample(nodeId, reading, beside));
        });
        before = readings;
        return List.copyOf(samples);
    }

    /** The machines of the last listing, by node. */
    Map<String, MachineFigures> running() {
        var running = new HashMap<String, MachineFigures>();
        before.forEach((nodeId, reading) -> running.put(nodeId, reading.figures()));
        return Map.copyOf(running);
    }

    /** Another instance goes on from here. */
    void forget() {
        before = Map.of();
    }

    /** A node that two machines are tagged with is nobody's: one of them would be taken for the other. */
    private Map<String, MachineFigures> byNode(List<MachineFigures> listing) {
        var machines = new HashMap<String, MachineFigures>();
        var twice = new HashSet<String>();
        for (MachineFigures figures : listing) {
            if (figures.vmId() >= vmIds.first() && figures.vmId() <= vmIds.last()) {
                OwnerMarker.taggedOwner(figures.tags()).ifPresent(nodeId -> {
                    if (machines.put(nodeId, figures) != null) {
                        twice.add(nodeId);
                    }
                });
            }
        }
        machines.keySet().removeAll(twice);
        return machines;
    }

    private Sample sample(String nodeId, Reading reading, Beside beside) {
        MachineFigures figures = reading.figures();
        Reading earlier = before.get(nodeId);
        OptionalDouble seconds = earlier == null ? OptionalDouble.empty() : reading.secondsSince(earlier);
        OptionalLong measured = beside.memory().apply(nodeId);
        return new Sample(
                nodeId,
                reading.at(),
                figures.cores(),
                Math.clamp(figures.cpu(), 0, 1),
                Math.min(measured.orElse(figures.memoryBytes()), figures.memoryTotalBytes()),
                figures.memoryTotalBytes(),
                measured.isPresent(),
                earlier == null
                        ? null
                        : rate(figures.receivedBytes() - earlier.figures().receivedBytes(), seconds),
                earlier == null
                        ? null
                        : rate(figures.sentBytes() - earlier.figures().sentBytes(), seconds),
                beside.details().apply(nodeId).orElse(null));
    }

    private static @Nullable Double rate(long gained, OptionalDouble seconds) {
        return gained < 0 || seconds.isEmpty() ? null : gained / seconds.getAsDouble();
    }
}
