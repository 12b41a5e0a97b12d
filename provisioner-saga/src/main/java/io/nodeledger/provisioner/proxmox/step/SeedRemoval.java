package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.seed.NoCloudSeed;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes a node's cloud-init seed from wherever it was uploaded to. A shared storage is the same from every host, so any
 * that answers will do. A local one is another on each host, and the machine may have moved since, so all are looked at.
 * The file's name holds the node's id, so it can't be somebody else's.
 *
 * <p>The join token in it expires within the hour: a seed that can't be removed is untidy and no more, so after a few
 * attempts it stays, and the step says where.
 */
final class SeedRemoval {
    private static final int ATTEMPTS = 5;

    private final ProviderTasks tasks;

    SeedRemoval(ProviderTasks tasks) {
        this.tasks = tasks;
    }

    /** Answers that the step is done, or what it waits for. */
    StepResult ensure(ProxmoxRegion region, NodeFacts node, Step step, Attempt attempt) throws InterruptedException {
        var left = new ArrayList<String>();
        boolean passing = false;
        List<StorageRow> places = places(region);
        if (places.isEmpty()) {
            passing = true;
            left.add("storage " + region.isoStorage() + ", which no host lists");
        }
        for (StorageRow place : places) {
            try {
                if (remove(region, node, step, place, attempt).running()) {
                    return StepResult.waiting(
                            "The machine's seed on " + place.host() + " is being removed",
                            ProviderTasks.pause(attempt));
                }
                if (place.shared()) {
                    return StepResult.done();
                }
            } catch (ProxmoxFailure failure) {
                passing |= failure.kind() != Kind.DENIED && failure.kind() != Kind.PERMANENT;
                left.add(place.host() + ": " + failure.getMessage());
            }
        }
        if (left.isEmpty()) {
            return StepResult.done();
        }
        String where = "its seed image may be left on " + String.join("; ", left);
        return passing && attempt.number() < ATTEMPTS
                ? StepResult.retry("The machine is destroyed, but " + where)
                : StepResult.done("destroyed; " + where);
    }

    private static List<StorageRow> places(ProxmoxRegion region) {
        return region.client().listing().storages().stream()
                .filter(row -> row.storage().equals(region.isoStorage()))
                .toList();
    }

    private TaskStatus remove(ProxmoxRegion region, NodeFacts node, Step step, StorageRow place, Attempt attempt)
            throws InterruptedException {
        if (!place.available()) {
            throw new ProxmoxFailure(Kind.PERMANENT, "storage " + place.storage() + " is not available there");
        }
        if (isRemoved(region, node, step, place)) {
            return TaskStatus.OK;
        }
        String file = NoCloudSeed.fileName(node.nodeId());
        try {
            TaskStatus status = tasks.run(
                    region.client(), attempt, () -> region.client().deleteIso(place.host(), place.storage(), file));
            if (!status.running() && !status.succeeded()) {
                throw status.failure();
            }
            return status;
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.ABSENT) {
                return TaskStatus.OK;
            }
            throw failure;
        }
    }

    /** A shared storage may hold the seeds of thousands, too many to be listed each time; there the task says it. */
    private boolean isRemoved(ProxmoxRegion region, NodeFacts node, Step step, StorageRow place)
            throws InterruptedException {
        if (!place.shared()) {
            String volume = place.storage() + ":iso/" + NoCloudSeed.fileName(node.nodeId());
            return !region.client().isos(place.host(), place.storage()).contains(volume);
        }
        return ProviderTasks.recorded(node, step)
                        .filter(task -> task.type().equals("imgdel"))
                        .isPresent()
                && tasks.resume(region.client(), node, step)
                        .filter(TaskStatus::succeeded)
                        .isPresent();
    }
}
