package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.controller.ControlLoop;
import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.nodeledger.simulators.machine.Machine;
import io.nodeledger.simulators.machine.MachineListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kubelets of all machines that run. A machine that boots for the first time joins as its seed says; one that had
 * joined comes up as the same node, unless its virtual machine was made anew meanwhile.
 */
public final class Kubelets implements MachineListener {
    private static final Logger log = LoggerFactory.getLogger(Kubelets.class);
    private static final Duration LEASE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST_LEASE_INTERVAL = Duration.ofMillis(500);
    private static final Duration STATUS_INTERVAL = Duration.ofMinutes(5);
    private static final Duration JOIN_TAKES = Duration.ofSeconds(8);
    private static final Duration JOIN_RETRY = Duration.ofSeconds(5);
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(100);
    private static final Duration JOIN_GIVES_UP = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(60);
    private final ObjectStore store;
    private final ControlLoop loop;
    private final EventRecorder events;
    private final JoinRules rules;
    private final Connections connections;
    private final Map<String, Kubelet> byNode = new ConcurrentHashMap<>();
    private final Map<Integer, Machine> machines = new ConcurrentHashMap<>();

    public Kubelets(ObjectStore store, ControlLoop loop, EventRecorder events, ApiAccess access) {
        this.store = store;
        this.loop = loop;
        this.events = events;
        this.connections = new Connections(access);
        this.rules = new JoinRules(store, connections);
        loop.every(leaseInterval(), () -> byNode.values().forEach(Kubelet::reportAgain));
        loop.every(
                loop.scaled(STATUS_INTERVAL, Duration.ofSeconds(10)),
                () -> byNode.values().forEach(Kubelet::heartbeat));
    }

    /** Tells where the API server is to be found; machines cannot join before. */
    public void serveAt(ClusterIdentity cluster) {
        rules.serveAt(cluster);
    }

    /** How often a kubelet renews its lease, really. */
    public Duration leaseInterval() {
        return loop.scaled(LEASE_INTERVAL, SHORTEST_LEASE_INTERVAL);
    }

    @Override
    public void machineBooted(Machine machine) {
        loop.run(() -> boot(machine));
    }

    @Override
    public void machineHalted(int vmId) {
        loop.run(() -> halt(vmId));
    }

    private void halt(int vmId) {
        Machine machine = machines.remove(vmId);
        if (machine != null) {
            wanted(machine).ifPresent(connections::wake);
        }
        byNode.values().removeIf(kubelet -> {
            boolean own = kubelet.hardware().id() == vmId;
            if (own) {
                connections.wake(kubelet.node());
                kubelet.halt();
            }
            return own;
        });
    }

    private void boot(Machine machine) {
        halt(machine.vmId());
        machines.put(machine.vmId(), machine);
        ObjectKey key = identityKey(machine);
        Optional<ObjectNode> identity = store.find(Resource.KUBELET_IDENTITIES, key);
        if (identity.isPresent() && text(identity.get(), "macAddress").equals(machine.macAddress())) {
            comeUp(machine, NodeRegistration.fromJson(identity.get()));
            return;
        }
        store.remove(Resource.KUBELET_IDENTITIES, key);
        Instant giveUp = Instant.now().plus(loop.scaled(JOIN_GIVES_UP, SHORTEST_PATIENCE));
        Seeds.read(machine.userData(), machine.name())
                .ifPresentOrElse(
                        request -> loop.after(loop.scaled(JOIN_TAKES), () -> join(machine, request, giveUp)),
                        () -> log.info("Machine {} has no seed that joins this cluster", machine.vmId()));
    }

    /** A node that is known can register as soon as it gets through. */
    private void comeUp(Machine machine, NodeRegistration registration) {
        if (!runs(machine)) {
            return;
        }
        if (connections.reports(registration.name())) {
            start(registration, Hardware.of(machine), false);
        } else {
            loop.after(retryPause(), () -> comeUp(machine, registration));
        }
    }

    private void join(Machine machine, JoinRequest request, Instant giveUp) {
        if (!runs(machine)) {
            return;
        }
        Optional<String> obstacle = rules.obstacle(request);
        NodeRegistration registration = request.registration();
        if (obstacle.isEmpty()) {
            ObjectNode identity = registration.toJson().put("macAddress", machine.macAddress());
            Fields.child(identity, "metadata").put("name", identityKey(machine).name());
            store.create(Resource.KUBELET_IDENTITIES, identity);
            start(registration, Hardware.of(machine), false);
            return;
        }
        log.info("Machine {} cannot join as {}: {}", machine.vmId(), registration.name(), obstacle.get());
        if (connections.joins(registration.name())) {
            events.ofKubelet(registration.name(), "Warning", "JoinFailed", obstacle.get());
        }
        if (Instant.now().isBefore(giveUp)) {
            loop.after(retryPause(), () -> join(machine, request, giveUp));
        }
    }

    private boolean runs(Machine machine) {
        return machine.equals(machines.get(machine.vmId()));
    }

    private Duration retryPause() {
        return loop.scaled(JOIN_RETRY, SHORTEST_RETRY);
    }

    private void start(NodeRegistration registration, Hardware hardware, boolean resumed) {
        Kubelet kubelet = new Kubelet(store, loop, events, registration, hardware, connections);
        Kubelet before = byNode.put(registration.name(), kubelet);
        if (before != null) {
            before.halt();
        }
        kubelet.start(resumed);
        loop.trigger();
    }

    /** Starts a worker that belongs to no virtual machine. */
    public void startShared(int number) {
        NodeRegistration registration =
                new NodeRegistration("shared-" + number, Map.of("node-type", "shared"), Fields.array(), "");
        loop.run(() -> start(registration, Hardware.shared(number), true));
    }

    /** Lets every kubelet act on the pods bound to its node; part of each pass of the control loop. */
    public void sync() {
        for (ObjectNode pod : store.list(Resource.PODS)) {
            String node = text(pod, "spec", "nodeName");
            Kubelet kubelet = node.isEmpty() ? null : byNode.get(node);
            if (kubelet != null) {
                kubelet.sync(pod);
            }
        }
    }

    /**
     * Cuts a node off, or a machine that is about to join as that node, until {@link #wake} or until the machine halts;
     * an unknown name is not found.
     */
    public void silence(String node) {
        require(node);
        connections.silence(node);
    }

    /** Ends {@link #silence}. */
    public void wake(String node) {
        require(node);
        connections.wake(node);
        loop.run(() -> {
            Optional.ofNullable(byNode.get(node)).ifPresent(Kubelet::reportAgain);
            loop.trigger();
        });
    }

    private void require(String node) {
        boolean known = byNode.containsKey(node)
                || machines.values().stream()
                        .flatMap(machine -> wanted(machine).stream())
                        .anyMatch(node::equals);
        if (!known) {
            throw ApiError.notFound(Resource.NODES, node);
        }
    }

    /** The name under which a machine joins. */
    private static Optional<String> wanted(Machine machine) {
        return Seeds.read(machine.userData(), machine.name())
                .map(request -> request.registration().name());
    }

    /** The hardware of a node whose kubelet answers. */
    public Optional<Hardware> hardware(String node) {
        return Optional.ofNullable(byNode.get(node)).filter(Kubelet::talking).map(Kubelet::hardware);
    }

    private static ObjectKey identityKey(Machine machine) {
        return ObjectKey.cluster("machine-" + machine.vmId());
    }
}
