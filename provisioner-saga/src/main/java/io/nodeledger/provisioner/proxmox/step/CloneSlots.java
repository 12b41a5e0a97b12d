package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets full clones of one template onto one storage happen one after the other, also across instances. Whoever waits
 * within this instance queues fairly and cheaply; the row in the database, which a crash can't hold longer than its
 * lease, decides between instances.
 */
public final class CloneSlots {
    /** Looks at a clone pause two seconds at most and each renews it, so a slow one keeps it; a crash costs this much. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration QUEUEING = Duration.ofSeconds(1);

    private final MachineIds ids;
    private final Map<String, Semaphore> queues = new ConcurrentHashMap<>();

    public CloneSlots(MachineIds ids) {
        this.ids = ids;
    }

    /** Waits for at most a second for the right to clone; {@link #pass} must follow when it was given. */
    boolean take(ProxmoxRegion region, Placement placement, String nodeId) throws InterruptedException {
        Semaphore queue = queue(region, placement);
        if (!queue.tryAcquire(QUEUEING.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        boolean held = false;
        try {
            held = ids.holdCloneSlot(region.id(), slot(region, placement), nodeId, LEASE);
        } finally {
            if (!held) {
                queue.release();
            }
        }
        return held;
    }

    /** Lets the next in this instance look; the slot itself stays with the node while its clone goes on. */
    void pass(ProxmoxRegion region, Placement placement, String nodeId, boolean goesOn) {
        try {
            if (!goesOn) {
                free(region, placement, nodeId);
            }
        } finally {
            queue(region, placement).release();
        }
    }

    void renew(ProxmoxRegion region, Placement placement, String nodeId) {
        ids.holdCloneSlot(region.id(), slot(region, placement), nodeId, LEASE);
    }

    void free(ProxmoxRegion region, Placement placement, String nodeId) {
        ids.freeCloneSlot(region.id(), slot(region, placement), nodeId);
    }

    private Semaphore queue(ProxmoxRegion region, Placement placement) {
        return queues.computeIfAbsent(region.id() + "/" + slot(region, placement), key -> new Semaphore(1, true));
    }

    private static String slot(ProxmoxRegion region, Placement placement) {
        return region.settings().template() + "@" + placement.storage();
    }
}
