package io.nodeledger.simulators.kubernetes.metrics;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.kubelet.Hardware;
import io.nodeledger.simulators.kubernetes.kubelet.Kubelets;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.nodeledger.simulators.machine.LoadCurve;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** metrics.k8s.io: what nodes and pods use now, for kubelets that answer; drawn from the machine's load curve. */
public final class Metrics {
    private static final int SYSTEM_SHARE = 4;
    private final ObjectStore store;
    private final Kubelets kubelets;

    public Metrics(ObjectStore store, Kubelets kubelets) {
        this.store = store;
        this.kubelets = kubelets;
    }

    public ObjectNode get(Resource resource, ObjectKey key) {
        Resource measured = resource == Resource.NODE_METRICS ? Resource.NODES : Resource.PODS;
        return store.find(measured, key)
                .flatMap(object -> measure(resource, object))
                .orElseThrow(() -> ApiError.notFound(resource, key.name()));
    }

    public List<ObjectNode> list(Resource resource) {
        return store.list(resource == Resource.NODE_METRICS ? Resource.NODES : Resource.PODS).stream()
                .flatMap(object -> measure(resource, object).stream())
                .toList();
    }

    private Optional<ObjectNode> measure(Resource resource, ObjectNode object) {
        return resource == Resource.NODE_METRICS ? node(object) : pod(object);
    }

    private Optional<ObjectNode> node(ObjectNode node) {
        Instant now = Instant.now();
        return kubelets.hardware(Fields.name(node)).map(hardware -> {
            ObjectNode metrics = frame(Resource.NODE_METRICS, node, now);
            usage(metrics, hardware, now, 1);
            return metrics;
        });
    }

    private Optional<ObjectNode> pod(ObjectNode pod) {
        Instant now = Instant.now();
        if (!text(pod, "status", "phase").equals("Running")) {
            return Optional.empty();
        }
        String node = text(pod, "spec", "nodeName");
        return kubelets.hardware(node).map(hardware -> {
            ObjectNode metrics = frame(Resource.POD_METRICS, pod, now);
            ArrayNode containers = metrics.putArray("containers");
            int sharers = SYSTEM_SHARE + containersOn(node);
            Fields.each(pod, "spec", "containers")
                    .forEach(c -> usage(containers.addObject().put("name", text(c, "name")), hardware, now, sharers));
            return metrics;
        });
    }

    private int containersOn(String node) {
        return store.list(Resource.PODS).stream()
                .filter(p -> text(p, "spec", "nodeName").equals(node))
                .mapToInt(p -> Fields.at(p, "spec", "containers").size())
                .sum();
    }

    private static ObjectNode frame(Resource resource, JsonNode of, Instant now) {
        ObjectNode metrics = Fields.object().put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
        ObjectNode metadata = child(metrics, "metadata").put("name", Fields.name(of));
        if (resource.namespaced()) {
            metadata.put("namespace", Fields.namespace(of));
        }
        metadata.put("creationTimestamp", Times.seconds(now));
        metadata.set(
                "labels",
                Fields.at(of, "metadata", "labels").isObject() ? Fields.at(of, "metadata", "labels") : Fields.object());
        return metrics.put("timestamp", Times.seconds(now)).put("window", "20s");
    }

    private static void usage(ObjectNode at, Hardware hardware, Instant now, int sharers) {
        LoadCurve curve = hardware.load();
        long nanoCores = (long) (curve.at(now).cpuFraction() * hardware.cores() * 1e9 / sharers);
        at.putObject("usage")
                .put("cpu", nanoCores + "n")
                .put("memory", curve.at(now).memoryBytes() / sharers / 1024 + "Ki");
    }
}
