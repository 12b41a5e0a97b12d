package io.nodeledger.benchmarks.orchestration;

import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.Upid;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a script without memory does: the same calls to the same Proxmox, one after another, nothing recorded. */
final class BareProvider {
    private static final String HOST = "pve1";
    private static final int TEMPLATE = 9000;
    private static final String STORAGE = "shared";

    private final AtomicInteger nextId = new AtomicInteger(500_000);
    private final ProxmoxClient proxmox;

    BareProvider(RuntimeFile.Region region) {
        proxmox = new ProxmoxClient(new RegionsSettings.Proxmox(
                region.proxmoxUrl(),
                region.proxmoxToken(),
                null,
                region.proxmoxFingerprint(),
                TEMPLATE,
                STORAGE,
                null,
                null,
                null,
                "vmbr0",
                "500000-599999"));
    }

    /** Makes a machine, waits for its addresses and destroys it again; the time ends with the addresses. */
    Duration provision() throws InterruptedException {
        int id = nextId.incrementAndGet();
        long begin = System.nanoTime();
        proxmox.listing();
        await(proxmox.clone(new CloneOrder(HOST, TEMPLATE, id, "bare-" + id, "bare", HOST, STORAGE, null)));
        await(proxmox.configure(HOST, id, Map.of("cores", "2", "memory", "4096")));
        await(proxmox.resize(HOST, id, "scsi0", 50));
        await(proxmox.start(HOST, id));
        awaitAddresses(id);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        await(proxmox.stop(HOST, id));
        await(proxmox.destroy(HOST, id));
        return time;
    }

    private void await(Optional<Upid> task) throws InterruptedException {
        while (task.isPresent() && proxmox.task(task.get()).running()) {
            Thread.sleep(1);
        }
    }

    private void awaitAddresses(int id) throws InterruptedException {
        while (true) {
            try {
                if (!proxmox.addresses(HOST, id).isEmpty()) {
                    return;
                }
            } catch (ProxmoxFailure booting) {
                Thread.sleep(1);
            }
        }
    }
}
