package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.controller.ControlLoop;
import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * One node's kubelet between its start and its machine's halt. It registers only at its start: when its Node object is
 * deleted meanwhile it keeps running and stays unregistered, as a real one does. Runs on the control loop.
 */
final class Kubelet {
    private static final Duration READY_AFTER = Duration.ofSeconds(3);
    private final ObjectStore store;
    private final ControlLoop loop;
    private final EventRecorder events;
    private final NodeRegistration registration;
    private final Hardware hardware;
    private final Connections connections;
    private final PodRunner pods;
    private boolean alive = true;
    private boolean settled;
    private boolean unheard;
    private String nodeUid = "";

    Kubelet(
            ObjectStore store,
            ControlLoop loop,
            EventRecorder events,
            NodeRegistration registration,
            Hardware hardware,
            Connections connections) {
        this.store = store;
        this.loop = loop;
        this.events = events;
        this.registration = registration;
        this.hardware = hardware;
        this.connections = connections;
        this.pods = new PodRunner(store, loop, events, hardware, this::talking);
    }

    String node() {
        return registration.name();
    }

    Hardware hardware() {
        return hardware;
    }

    boolean talking() {
        return alive && connections.reports(node());
    }

    /** @param resumed whether only the simulation restarted, not the machine */
    void start(boolean resumed) {
        var existing = store.find(Resource.NODES, key());
        boolean rebooted = existing.isPresent()
                && !text(existing.get(), "status", "nodeInfo", "bootID").equals(hardware.bootId());
        event("Normal", "Starting", "Starting kubelet.");
        if (existing.isPresent()) {
            store.update(Resource.NODES, key(), this::describeAgain);
        } else {
            store.create(Resource.NODES, NodeObject.registered(registration, hardware, PodNetwork.free(store)));
        }
        nodeUid = Fields.uid(store.get(Resource.NODES, key()));
        if (rebooted) {
            event("Warning", "Rebooted", "Node " + node() + " has been rebooted, boot id: " + hardware.bootId());
        }
        pods.started(resumed || existing.isEmpty() || !rebooted);
        renewLease();
        loop.after(loop.scaled(READY_AFTER), this::becomeReady);
    }

    private void describeAgain(ObjectNode node) {
        NodeObject.describe(node, node(), hardware);
        if (text(node, "spec", "providerID").isEmpty()
                && !registration.providerId().isEmpty()) {
            child(node, "spec").put("providerID", registration.providerId());
        }
    }

    private void becomeReady() {
        settled = true;
        unheard = !talking();
        heartbeat();
    }

    /** Posts the node's conditions, once there is something to say, and records when they change. */
    void heartbeat() {
        if (!settled || !talking() || !registered()) {
            return;
        }
        boolean already = Fields.ready(store.get(Resource.NODES, key()));
        store.update(Resource.NODES, key(), node -> NodeObject.ready(node, true, Instant.now()));
        if (!already) {
            event("Normal", "NodeReady", "Node " + node() + " status is now: NodeReady");
        }
    }

    /** Whether the Node object that this kubelet registered still exists. */
    boolean registered() {
        return store.find(Resource.NODES, key())
                .map(Fields::uid)
                .filter(nodeUid::equals)
                .isPresent();
    }

    /** A kubelet that could not report for a while posts its node's conditions again, once it can. */
    void reportAgain() {
        boolean heardAgain = unheard && talking();
        unheard = !talking();
        renewLease();
        if (heardAgain) {
            heartbeat();
        }
    }

    private void renewLease() {
        if (!talking() || !registered()) {
            return;
        }
        String now = Times.micros(Instant.now());
        ObjectKey key = new ObjectKey("kube-node-lease", node());
        if (store.find(Resource.LEASES, key).isPresent()) {
            store.update(Resource.LEASES, key, lease -> child(lease, "spec").put("renewTime", now));
            return;
        }
        ObjectNode lease = Fields.object();
        ObjectNode metadata = child(lease, "metadata").put("name", node()).put("namespace", "kube-node-lease");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", node())
                .put("uid", nodeUid);
        child(lease, "spec")
                .put("holderIdentity", node())
                .put("leaseDurationSeconds", 40)
                .put("renewTime", now);
        store.create(Resource.LEASES, lease);
    }

    void sync(ObjectNode pod) {
        if (talking()) {
            pods.sync(pod);
        }
    }

    void halt() {
        alive = false;
    }

    private void event(String type, String reason, String message) {
        events.ofKubelet(node(), type, reason, message);
    }

    private ObjectKey key() {
        return ObjectKey.cluster(node());
    }
}
