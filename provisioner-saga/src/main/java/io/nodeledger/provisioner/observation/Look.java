package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.nodeledger.provisioner.kubernetes.pod.PlacedPod;
import io.nodeledger.provisioner.observation.Observation.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares what a cluster says now with what is written down of it: a pure function but for the machines' starts. */
final class Look {
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(10);

    private final Map<String, Observation> written;
    private final @Nullable Instant previousLook;
    private final Instant now;
    private final Supplier<Map<Integer, Instant>> machineStarts;
    private @Nullable Map<Integer, Instant> starts;

    /**
     * A look that has not been taken.
     *
     * @param written what is written down, by node
     * @param previousLook when the cluster last told everything, null when it never has
     * @param machineStarts when each machine of the region was started; asked at most once, and only after a boot
     */
    Look(
            Map<String, Observation> written,
            @Nullable Instant previousLook,
            Instant now,
            Supplier<Map<Integer, Instant>> machineStarts) {
        this.written = written;
        this.previousLook = previousLook;
        this.now = now;
        this.machineStarts = machineStarts;
    }

    /**
     * All of the platform's nodes in the cluster, by their ids.
     *
     * @param pods null while they are not known; then what is written down of them stays
     */
    Map<String, Observation> at(List<Node> nodes, List<Lease> leases, @Nullable List<PlacedPod> pods) {
        Map<String, Load> loads = pods == null ? null : Load.byNode(pods);
        var renewals = new HashMap<String, Instant>();
        for (Lease lease : leases) {
            if (lease.getSpec() != null && lease.getSpec().getRenewTime() != null) {
                renewals.put(
                        lease.getMetadata().getName(),
                        lease.getSpec().getRenewTime().toInstant());
            }
        }
        var seen = new HashMap<String, Observation>();
        for (Node node : nodes) {
            SeenNode.of(node)
                    .ifPresent(found -> seen.put(
                            found.nodeId(), observation(node, found, renewals.get(found.kubernetesName()), loads)));
        }
        return seen;
    }

    private Observation observation(
            Node node, SeenNode found, @Nullable Instant renewedAt, @Nullable Map<String, Load> loads) {
        Observation before = written.get(found.nodeId());
        Heartbeat last = before == null ? null : before.heartbeat();
        return new Observation(
                found,
                bootedAt(node, found, before),
                renewedAt == null ? last : heartbeat(last, renewedAt),
                workload(node, found, before, loads));
    }

    private static @Nullable Workload workload(
            Node node, SeenNode found, @Nullable Observation before, @Nullable Map<String, Load> loads) {
        if (loads == null) {
            return before == null ? null : before.workload();
        }
        return Workload.of(node, loads.getOrDefault(found.kubernetesName(), Load.NONE));
    }

    /**
     * A renewal counts from when it is seen, as for Kubernetes itself, so that a kubelet's wrong clock does no harm.
     * Where its own time lies between the looks it is believed: after an outage an old renewal is not taken for a new one.
     */
    private Heartbeat heartbeat(@Nullable Heartbeat last, Instant renewedAt) {
        if (last != null && last.renewedAt().equals(renewedAt)) {
            return last;
        }
        boolean tooEarly = previousLook != null && renewedAt.isBefore(previousLook.minus(CLOCKS_DIFFER_BY));
        return new Heartbeat(renewedAt, tooEarly || renewedAt.isAfter(now) ? now : renewedAt);
    }

    /**
     * Kubernetes tells that a system was booted, but not when; Proxmox tells when the machine's process was started, which
     * a reboot from within does not do, and a move to another host does without a boot. So a boot's time is found once:
     * the process's start, if that was since the last sign of life before it, else when the boot was noticed.
     */
    private Instant bootedAt(Node node, SeenNode found, @Nullable Observation before) {
        if (before != null && before.node().bootId().equals(found.bootId())) {
            return before.bootedAt();
        }
        Optional<Instant> start = start(node);
        if (before == null) {
            return start.orElseGet(() -> SeenNode.registeredAt(node));
        }
        Heartbeat last = before.heartbeat();
        return start.filter(at -> last == null || at.isAfter(last.seenAt())).orElse(now);
    }

    private Optional<Instant> start(Node node) {
        String providerId = node.getSpec() == null ? null : node.getSpec().getProviderID();
        OptionalInt vmId = providerId == null ? OptionalInt.empty() : vmId(providerId);
        if (vmId.isEmpty()) {
            return Optional.empty();
        }
        if (starts == null) {
            starts = machineStarts.get();
        }
        return Optional.ofNullable(starts.get(vmId.getAsInt()));
    }

    private static OptionalInt vmId(String providerId) {
        String last = providerId.substring(providerId.lastIndexOf('/') + 1);
        return last.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(last)) : OptionalInt.empty();
    }
}
