package io.nodeledger.simulators.kubernetes.demo;

import io.nodeledger.simulators.kubernetes.admission.Admission;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Fills a new cluster: its namespaces, the DaemonSets that every node runs, and a workload to drain. */
public final class Seed {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private final ObjectStore store;
    private final Admission admission;

    public Seed(ObjectStore store, Admission admission) {
        this.store = store;
        this.admission = admission;
    }

    public void plant(boolean demoWorkload) {
        NAMESPACES.forEach(this::namespace);
        manifests("system.yaml");
        if (demoWorkload) {
            namespace("demo");
            manifests("demo.yaml");
        }
    }

    private void namespace(String name) {
        ObjectNode namespace = Fields.object();
        Fields.child(namespace, "metadata").put("name", name);
        create(Resource.NAMESPACES, namespace);
    }

    private void manifests(String file) {
        try (InputStream in = Seed.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the build");
            }
            try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
                while (documents.hasNext()) {
                    if (documents.next() instanceof ObjectNode object) {
                        create(resource(Fields.text(object, "kind")), object);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }

    private static Resource resource(String kind) {
        for (Resource resource : Resource.values()) {
            if (resource.kind().equals(kind)) {
                return resource;
            }
        }
        throw new IllegalStateException("no such kind: " + kind);
    }

    private void create(Resource resource, ObjectNode object) {
        if (store.find(resource, ObjectKey.of(object)).isEmpty()) {
            admission.create(resource, object);
            store.create(resource, object);
        }
    }
}
