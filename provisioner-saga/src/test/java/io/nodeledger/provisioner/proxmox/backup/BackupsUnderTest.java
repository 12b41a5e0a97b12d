package io.nodeledger.provisioner.proxmox.backup;

import static org.awaitility.Awaitility.await;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.client.ListedTask;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The backups of one instance at one cluster, driven as whoever wants a backup drives them. */
final class BackupsUnderTest implements AutoCloseable {
    static final String REGION = "us-west-2";
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    final ProxmoxRegions regions;
    private final MachineBackups backups;

    BackupsUnderTest(RegionsSettings.Proxmox settings) {
        regions = new ProxmoxRegions(TestRegions.with(REGION, settings));
        backups = new MachineBackups(regions);
    }

    ProxmoxClient client() {
        return regions.region(REGION).client();
    }

    /** An order for a backup of a new machine of a new node. */
    BackupOrder ordered() {
        return ordered(true);
    }

    /** An order for a backup of a new machine, which is the node's own or says nothing of it. */
    BackupOrder ordered(boolean marked) {
        var settings = regions.region(REGION).settings();
        String nodeId = Ids.node();
        int vmId = NEXT.incrementAndGet();
        String host =
                client().listing().machine(settings.template()).orElseThrow().host();
        var clone = client().clone(new CloneOrder(
                host,
                settings.template(),
                vmId,
                nodeId,
                marked ? OwnerMarker.description(nodeId, "ws-demo") : "somebody's",
                host,
                settings.storage(),
                settings.pool()));
        clone.ifPresent(upid -> await().until(() -> client().task(upid).succeeded()));
        return new BackupOrder(REGION, nodeId, vmId, host, "transition-" + vmId, null, Instant.now());
    }

    BackupRound once(BackupOrder order) throws InterruptedException {
        return backups.round(order, () -> {});
    }

    BackupRound once(BackupOrder order, Runnable assertLease) throws InterruptedException {
        return backups.round(order, assertLease);
    }

    /** Rounds until the end, good or bad; each task's id is recorded. */
    BackupRound run(BackupOrder order) {
        var now = new AtomicReference<>(order);
        var last = new AtomicReference<BackupRound>(new BackupRound.Running("not begun"));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    BackupRound round = once(Objects.requireNonNull(now.get()));
                    if (round instanceof BackupRound.Started(String upid)) {
                        now.set(recorded(order, upid));
                    }
                    last.set(round);
                    return round instanceof BackupRound.Done || round instanceof BackupRound.Failed;
                });
        return Objects.requireNonNull(last.get());
    }

    static BackupOrder recorded(BackupOrder order, String upid) {
        return new BackupOrder(
                order.region(), order.nodeId(), order.vmId(), order.host(), order.backupId(), upid, order.since());
    }

    /** All tasks that ever backed the machine up. */
    List<ListedTask> tasks(BackupOrder order) {
        return client().listing().hosts().stream()
                .flatMap(host -> client().tasks(host.host(), order.vmId(), "vzdump", Instant.EPOCH).stream())
                .toList();
    }

    Optional<String> lock(BackupOrder order) {
        return Optional.ofNullable(client().config(order.host(), order.vmId()).lock());
    }

    @Override
    public void close() throws IOException {
        regions.close();
    }
}
