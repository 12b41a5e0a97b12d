package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.node.ObjectNode;

/** Fields that the API server fills in when an object is created. */
public final class Defaults {
    private Defaults() {}

    public static void apply(Resource resource, ObjectNode object) {
        switch (resource) {
            case PODS -> PodDefaults.apply(object);
            case NAMESPACES -> namespace(object);
            case SECRETS -> secret(object);
            case SERVICES -> service(object);
            case NODES -> child(object, "spec");
            case VOLUME_CLAIMS -> volumeClaim(object);
            case DEPLOYMENTS -> deployment(object);
            case REPLICA_SETS -> replicas(object);
            case STATEFUL_SETS -> statefulSet(object);
            case DAEMON_SETS -> PodDefaults.template(object);
            case JOBS -> JobDefaults.apply(object);
            default -> {}
        }
    }

    private static void namespace(ObjectNode object) {
        child(object, "metadata", "labels").put("kubernetes.io/metadata.name", Fields.name(object));
        Fields.list(child(object, "spec"), "finalizers").removeAll().add("kubernetes");
        child(object, "status").put("phase", "Active");
    }

    private static void secret(ObjectNode object) {
        absent(object, "type", "Opaque");
        stringData(object);
    }

    /** stringData is write-only: it lands in data. */
    public static void stringData(ObjectNode secret) {
        Fields.strings(secret, "stringData")
                .forEach((key, value) -> child(secret, "data")
                        .put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        secret.remove("stringData");
    }

    private static void service(ObjectNode object) {
        ObjectNode spec = child(object, "spec");
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        if (!present(spec, "clusterIP")) {
            var random = ThreadLocalRandom.current();
            spec.put("clusterIP", "10.96." + random.nextInt(1, 255) + "." + random.nextInt(1, 255));
        }
        child(object, "status").putObject("loadBalancer");
    }

    private static void volumeClaim(ObjectNode object) {
        ObjectNode spec = child(object, "spec");
        absent(spec, "volumeMode", "Filesystem");
        absent(spec, "storageClassName", "local-path");
        absent(spec, "volumeName", "pvc-" + Fields.name(object));
        ObjectNode status = child(object, "status");
        status.put("phase", "Bound");
        status.set("accessModes", spec.path("accessModes").isMissingNode() ? Fields.array() : spec.path("accessModes"));
        status.putObject("capacity").put("storage", text(spec, "resources", "requests", "storage"));
    }

    private static void deployment(ObjectNode object) {
        replicas(object);
        ObjectNode spec = child(object, "spec");
        ObjectNode strategy = child(spec, "strategy");
        absent(strategy, "type", "RollingUpdate");
        if (text(strategy, "type").equals("RollingUpdate")) {
            absent(child(strategy, "rollingUpdate"), "maxUnavailable", "25%");
            absent(child(strategy, "rollingUpdate"), "maxSurge", "25%");
        }
        absent(spec, "revisionHistoryLimit", 10);
        absent(spec, "progressDeadlineSeconds", 600);
    }

    private static void statefulSet(ObjectNode object) {
        replicas(object);
        absent(child(object, "spec"), "podManagementPolicy", "OrderedReady");
        absent(child(object, "spec"), "revisionHistoryLimit", 10);
    }

    private static void replicas(ObjectNode object) {
        absent(child(object, "spec"), "replicas", 1);
        PodDefaults.template(object);
    }

    static void absent(ObjectNode at, String field, String value) {
        if (!present(at, field)) {
            at.put(field, value);
        }
    }

    static void absent(ObjectNode at, String field, int value) {
        if (!present(at, field)) {
            at.put(field, value);
        }
    }
}
