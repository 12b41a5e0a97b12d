package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.controller.ControlLoop;
import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the pods of one node: starts what is bound to it, restarts it after a reboot, lets go what is to end. A pod whose
 * annotation {@code simulator.nodeledger.io/pod} is {@code broken} never becomes ready; one where it is {@code endless}
 * does not end by itself.
 */
final class PodRunner {
    private static final Duration STARTUP = Duration.ofSeconds(2);
    private static final Duration JOB_RUNS = Duration.ofSeconds(5);
    private final ObjectStore store;
    private final ControlLoop loop;
    private final EventRecorder events;
    private final Hardware hardware;
    private final BooleanSupplier talking;
    private final Set<String> running = new HashSet<>();
    private final Set<String> stopping = new HashSet<>();
    private boolean containersSurvived;
    private int addresses;

    PodRunner(ObjectStore store, ControlLoop loop, EventRecorder events, Hardware hardware, BooleanSupplier talking) {
        this.store = store;
        this.loop = loop;
        this.events = events;
        this.hardware = hardware;
        this.talking = talking;
    }

    /** @param survived whether containers that ran before still run */
    void started(boolean survived) {
        containersSurvived = survived;
    }

    void sync(ObjectNode pod) {
        String uid = Fields.uid(pod);
        String phase = text(pod, "status", "phase");
        if (Fields.terminating(pod)) {
            stop(pod);
        } else if (phase.equals("Pending") || phase.equals("Running")) {
            if (running.add(uid)) {
                boolean ran = phase.equals("Running");
                if (ran && containersSurvived && !is(pod, "broken")) {
                    update(pod, PodStatus::ready);
                } else {
                    loop.after(loop.scaled(STARTUP), () -> start(pod, ran));
                }
            } else if (phase.equals("Running") && !Fields.ready(pod) && containersReady(pod) && !is(pod, "broken")) {
                update(pod, PodStatus::ready);
            }
        }
    }

    private static boolean is(ObjectNode pod, String kind) {
        return text(Fields.at(pod, "metadata", "annotations"), "simulator.nodeledger.io/pod")
                .equals(kind);
    }

    private static boolean containersReady(ObjectNode pod) {
        return Fields.each(pod, "status", "containerStatuses").findAny().isPresent();
    }

    private void start(ObjectNode pod, boolean again) {
        if (!talking.getAsBoolean()) {
            return;
        }
        String cidr = store.find(Resource.NODES, ObjectKey.cluster(text(pod, "spec", "nodeName")))
                .map(node -> text(node, "spec", "podCIDR"))
                .orElse("");
        String address = Fields.flag(pod, "spec", "hostNetwork")
                ? hardware.privateAddress()
                : PodNetwork.address(cidr, addresses++);
        update(pod, next -> {
            PodStatus.running(next, hardware.privateAddress(), address, again);
            if (is(next, "broken")) {
                PodStatus.failing(next);
            }
        });
        Fields.each(pod, "spec", "containers").forEach(container -> {
            String image = text(container, "image");
            events.normal("kubelet", pod, "Pulled", "Container image \"" + image + "\" already present on machine");
            events.normal("kubelet", pod, "Created", "Created container: " + text(container, "name"));
            events.normal("kubelet", pod, "Started", "Started container " + text(container, "name"));
        });
        if (!text(pod, "spec", "restartPolicy").equals("Always") && !is(pod, "endless")) {
            loop.after(loop.scaled(JOB_RUNS), () -> complete(pod));
        }
    }

    private void complete(ObjectNode pod) {
        if (talking.getAsBoolean()) {
            update(pod, PodStatus::succeeded);
        }
    }

    private void stop(ObjectNode pod) {
        int grace = integer(pod, 0, "metadata", "deletionGracePeriodSeconds");
        if (!stopping.add(Fields.uid(pod) + "/" + grace)) {
            return;
        }
        Fields.each(pod, "spec", "containers")
                .forEach(c -> events.normal("kubelet", pod, "Killing", "Stopping container " + text(c, "name")));
        loop.after(loop.scaled(Duration.ofSeconds(grace)), () -> remove(pod));
    }

    private void remove(ObjectNode pod) {
        if (!talking.getAsBoolean()) {
            stopping.remove(Fields.uid(pod) + "/" + integer(pod, 0, "metadata", "deletionGracePeriodSeconds"));
            return;
        }
        store.exclusively(() -> {
            ObjectKey key = ObjectKey.of(pod);
            var current =
                    store.find(Resource.PODS, key).filter(p -> Fields.uid(p).equals(Fields.uid(pod)));
            if (current.isPresent()) {
                if (Fields.at(current.get(), "metadata", "finalizers").isEmpty()) {
                    store.remove(Resource.PODS, key);
                } else {
                    store.update(Resource.PODS, key, PodStatus::ended);
                }
            }
            return true;
        });
        running.remove(Fields.uid(pod));
    }

    private void update(ObjectNode pod, java.util.function.Consumer<ObjectNode> change) {
        store.exclusively(() -> {
            store.find(Resource.PODS, ObjectKey.of(pod))
                    .filter(p -> Fields.uid(p).equals(Fields.uid(pod)) && !Fields.terminating(p))
                    .ifPresent(p -> store.update(Resource.PODS, ObjectKey.of(p), change));
            return true;
        });
    }
}
