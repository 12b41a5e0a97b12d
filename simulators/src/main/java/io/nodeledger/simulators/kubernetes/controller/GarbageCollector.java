package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.Change;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what has lost all its owners, lets orphans go, and empties namespaces that terminate. */
final class GarbageCollector implements Runnable {
    private static final List<Resource> KINDS = Arrays.stream(Resource.values())
            .filter(r -> r.stored() == r && !r.computed() && r.served())
            .toList();
    private final ObjectStore store;
    private final Deletion deletion;
    private final AtomicBoolean wanted = new AtomicBoolean(true);

    GarbageCollector(ObjectStore store) {
        this.store = store;
        this.deletion = new Deletion(store);
    }

    /** Garbage only comes from objects that go; nothing else is worth a look at every object of the cluster. */
    void noticed(Change change) {
        if (change.type() == Change.Type.DELETED || Fields.terminating(change.object())) {
            wanted.set(true);
        }
    }

    @Override
    public void run() {
        if (wanted.compareAndSet(true, false)) {
            collect();
        }
    }

    private void collect() {
        Set<String> alive = new HashSet<>();
        for (Resource resource : KINDS) {
            for (ObjectNode object : store.list(resource)) {
                alive.add(Fields.uid(object));
                if (Fields.terminating(object)) {
                    releaseOrphans(resource, object);
                }
            }
        }
        KINDS.forEach(resource -> store.list(resource).forEach(object -> collect(resource, object, alive)));
        store.list(Resource.NAMESPACES).stream()
                .filter(n -> text(n, "status", "phase").equals("Terminating"))
                .forEach(this::empty);
    }

    private void collect(Resource resource, ObjectNode object, Set<String> alive) {
        boolean owned = each(object, "metadata", "ownerReferences").findAny().isPresent();
        boolean orphaned = each(object, "metadata", "ownerReferences").noneMatch(o -> alive.contains(text(o, "uid")));
        if (owned && orphaned && !Fields.terminating(object)) {
            delete(resource, object);
        }
    }

    private void delete(Resource resource, ObjectNode object) {
        store.exclusively(() -> {
            if (store.find(resource, ObjectKey.of(object)).isPresent()) {
                deletion.delete(resource, ObjectKey.of(object), Fields.object());
            }
            return true;
        });
    }

    /** The orphan finalizer: dependents forget their owner, then the owner may go. */
    private void releaseOrphans(Resource resource, ObjectNode owner) {
        if (each(owner, "metadata", "finalizers").noneMatch(f -> text(f).equals("orphan"))) {
            return;
        }
        for (Resource kind : KINDS) {
            store.list(kind).stream()
                    .filter(o -> each(o, "metadata", "ownerReferences")
                            .anyMatch(r -> text(r, "uid").equals(Fields.uid(owner))))
                    .forEach(o -> store.updateIfPresent(
                            kind, ObjectKey.of(o), next -> drop(next, "ownerReferences", "uid", Fields.uid(owner))));
        }
        store.updateIfPresent(resource, ObjectKey.of(owner), next -> drop(next, "finalizers", "", "orphan"));
    }

    private static void drop(ObjectNode object, String list, String field, String value) {
        if (Fields.at(object, "metadata", list) instanceof ArrayNode entries) {
            Set<Integer> kept = new HashSet<>();
            for (int i = entries.size() - 1; i >= 0; i--) {
                String actual = field.isEmpty() ? text(entries.get(i)) : text(entries.get(i), field);
                if (actual.equals(value)) {
                    entries.remove(i);
                } else {
                    kept.add(i);
                }
            }
            if (kept.isEmpty()) {
                Fields.child(object, "metadata").remove(list);
            }
        }
    }

    private void empty(ObjectNode namespace) {
        String name = Fields.name(namespace);
        boolean[] left = {false};
        for (Resource resource : KINDS) {
            List<ObjectNode> inside = resource.namespaced()
                    ? store.list(resource).stream()
                            .filter(o -> Fields.namespace(o).equals(name))
                            .collect(Collectors.toList())
                    : List.of();
            for (ObjectNode object : inside) {
                left[0] = true;
                if (!Fields.terminating(object)) {
                    delete(resource, object);
                }
            }
        }
        if (!left[0]) {
            store.remove(Resource.NAMESPACES, ObjectKey.of(namespace));
        }
    }
}
