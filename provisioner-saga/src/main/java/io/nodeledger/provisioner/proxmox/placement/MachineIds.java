package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.region.IdRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The machine ids in use, per region. Proxmox VE reserves no id ({@code cluster/nextid} hands the same one to all who
 * ask), so they are unique here. Every call is a short transaction of its own.
 */
public interface MachineIds {
    /** The id that a node holds. */
    Optional<Claim> claimOf(String region, String nodeId);

    /**
     * Claims an unused id for a node, or answers the claim that it holds already. Claims of one region happen one after
     * the other, so that each sees what the ones before it took.
     *
     * @param taken ids that exist in the cluster
     * @param choice chooses a place, given the claims of late, whose machines the cluster may not show yet; empty when
     *     nothing fits
     * @return the claim, empty when nothing fits
     */
    Optional<Claim> claim(
            String region,
            String nodeId,
            IdRange range,
            Set<Integer> taken,
            Function<List<Claim>, Optional<Spot>> choice);

    /**
     * Claims the id of a machine that is a node's already, without its being on record.
     *
     * @return what the node holds then; empty when another node holds that id
     */
    Optional<Claim> adopt(String region, String nodeId, int vmId, Spot spot);

    /** Claims of late, whose machines the cluster may not show yet or not in their full size. */
    List<Claim> recentClaims(String region);

    /** Says that a node's id is somebody else's; it is never handed out again. */
    void burn(String region, String nodeId, int vmId);

    /** Gives back what a node holds, once its machine is known to be gone. */
    void release(String region, String nodeId);

    /**
     * Gives one id back that the node has lost, and no other that it may have claimed since, so that whoever comes late
     * takes nothing away.
     */
    void release(String region, String nodeId, int vmId);

    /** Says that a clone is about to be asked for. */
    void cloneAsked(String region, String nodeId);

    /** Says that the cluster's answer to that has arrived, good or bad. */
    void cloneAnswered(String region, String nodeId);

    /** How long ago a clone was asked for whose answer never arrived; it may still happen. */
    Optional<Duration> unansweredSince(String region, String nodeId);

    /**
     * Lets a node clone a template onto a storage, alone: full clones of one template on one storage are serialised.
     * The holder renews by asking again.
     *
     * @param lease how long it holds if its holder vanishes
     * @return whether the node holds it now
     */
    boolean holdCloneSlot(String region, String slot, String nodeId, Duration lease);

    /** Lets the next one clone. */
    void freeCloneSlot(String region, String slot, String nodeId);

    /** A place for a machine. */
    record Spot(String host, String storage, MachineSize size) {}
}
