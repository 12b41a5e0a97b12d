package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import java.util.Optional;

/**
 * Asks for a clone. That it was asked for is on record before the call and stays there until an answer arrives, so that
 * whoever removes the machine later knows that one may still turn up.
 */
final class CloneRequest {
    private final MachineIds ids;
    private final ProviderTasks tasks;

    CloneRequest(MachineIds ids, ProviderTasks tasks) {
        this.ids = ids;
        this.tasks = tasks;
    }

    TaskStatus send(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        CloneOrder order = order(region, node, placement);
        boolean unansweredBefore =
                ids.unansweredSince(region.id(), node.nodeId()).isPresent();
        // Looked at before, too: a mark without a request is waited for by whoever removes the machine.
        attempt.assertLease();
        ids.cloneAsked(region.id(), node.nodeId());
        attempt.assertLease();
        Optional<Upid> upid = answer(region, node, order, unansweredBefore);
        if (upid.isEmpty()) {
            ids.cloneAnswered(region.id(), node.nodeId());
            return TaskStatus.OK;
        }
        TaskStatus first = tasks.secure(region.client(), attempt, upid.get());
        ids.cloneAnswered(region.id(), node.nodeId());
        return first.succeeded() ? first : tasks.await(region.client(), upid.get());
    }

    /** A refusal says nothing of an earlier request that was never answered, unless it says that the machine is there. */
    private Optional<Upid> answer(ProxmoxRegion region, NodeFacts node, CloneOrder order, boolean unansweredBefore) {
        try {
            return region.client().clone(order);
        } catch (ProxmoxFailure failure) {
            boolean known =
                    failure.kind() == Kind.ID_TAKEN || (failure.kind() != Kind.UNKNOWN_OUTCOME && !unansweredBefore);
            if (known) {
                ids.cloneAnswered(region.id(), node.nodeId());
            }
            throw failure;
        }
    }

    private static CloneOrder order(ProxmoxRegion region, NodeFacts node, Placement placement) {
        int template = region.settings().template();
        String templateHost =
                region.client().listing().machine(template).orElseThrow().host();
        return new CloneOrder(
                templateHost,
                template,
                placement.vmId(),
                node.nodeId(),
                OwnerMarker.description(node.nodeId(), node.workspaceId()),
                placement.host(),
                placement.storage(),
                region.settings().pool());
    }
}
