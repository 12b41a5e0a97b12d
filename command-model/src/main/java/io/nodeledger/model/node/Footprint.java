package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeLost;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRenamed;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node's stream says that exists of it at its providers: the pure function that the aggregate and whoever
 * compares the stream with the outside share.
 *
 * @param machine the machine that exists, or may exist because its making has begun
 * @param allocated every machine id that was ever the node's own; whatever bears one of them and its marker was made for
 *     it
 * @param kubernetes the Kubernetes node that the machine has joined as
 */
public record Footprint(
        @Nullable Machine machine,
        Set<Integer> allocated,
        @Nullable KubernetesNode kubernetes) {
    /** Of a node that nothing has been made for. */
    public static final Footprint NONE = new Footprint(null, Set.of(), null);

    /** A machine: its id and the host that it was last known to be on. */
    public record Machine(int vmId, String host) {}

    /**
     * A Kubernetes node.
     *
     * @param incident what is wrong with it
     * @param foundName the name that it bears instead, when it was renamed
     */
    public record KubernetesNode(
            String name,
            String uid,
            Incident incident,
            @Nullable String foundName) {}

    /** What may be wrong with a Kubernetes node. */
    public enum Incident {
        /** Nothing. */
        NONE,
        /** It is gone. */
        LOST,
        /** It bears another name. */
        RENAMED
    }

    public Footprint {
        allocated = Set.copyOf(allocated);
    }

    /** Whether this is the id of the node's own machine. */
    boolean isMachine(int vmId) {
        return machine != null && machine.vmId() == vmId;
    }

    /** Whether a machine with this id, if it carries the node's marker, is a leftover of the node. */
    public boolean leftBehind(int vmId) {
        return allocated.contains(vmId) && !isMachine(vmId);
    }

    /** The footprint after one of the node's events. */
    public Footprint after(NodeEvent event) {
        return switch (event) {
            case MachineAllocated e -> new Footprint(new Machine(e.vmId(), e.host()), with(e.vmId()), kubernetes);
            case MachineIdBurnt e -> new Footprint(null, without(e.vmId()), kubernetes);
            case NodeProvisioningCompleted e ->
                joinedAs(e.kubernetes().nodeName(), e.kubernetes().uid());
            case KubernetesNodeReady e ->
                joinedAs(e.kubernetes().nodeName(), e.kubernetes().uid());
            case NodeProvisioningFailed _, NodeDeleted _ -> new Footprint(null, allocated, null);
            case StepSucceeded e -> afterStep(e);
            case MachineVanished _ -> new Footprint(null, allocated, kubernetes);
            case MachineMigrated e -> new Footprint(new Machine(e.vmId(), e.host()), allocated, kubernetes);
            case KubernetesNodeLost _ -> with(Incident.LOST, null);
            case KubernetesNodeRenamed e -> with(Incident.RENAMED, e.foundName());
            case KubernetesNodeRecovered e ->
                joinedAs(e.kubernetes().nodeName(), e.kubernetes().uid());
            case OrphanMachineRemoved e -> new Footprint(machine, without(e.vmId()), kubernetes);
            default -> this;
        };
    }

    private Footprint afterStep(StepSucceeded event) {
        return switch (event.step()) {
            case REMOVE_FROM_KUBERNETES -> new Footprint(machine, allocated, null);
            case VERIFY_GONE -> new Footprint(null, allocated, kubernetes);
            default -> this;
        };
    }

    private Footprint joinedAs(String name, String uid) {
        return new Footprint(machine, allocated, new KubernetesNode(name, uid, Incident.NONE, null));
    }

    private Footprint with(Incident incident, @Nullable String foundName) {
        KubernetesNode known = kubernetes;
        return known == null
                ? this
                : new Footprint(machine, allocated, new KubernetesNode(known.name(), known.uid(), incident, foundName));
    }

    private Set<Integer> with(int vmId) {
        return Stream.concat(allocated.stream(), Stream.of(vmId)).collect(Collectors.toUnmodifiableSet());
    }

    private Set<Integer> without(int vmId) {
        return allocated.stream().filter(id -> id != vmId).collect(Collectors.toUnmodifiableSet());
    }
}
