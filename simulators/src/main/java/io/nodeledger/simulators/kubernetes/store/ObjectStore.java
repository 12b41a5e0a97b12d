package io.nodeledger.simulators.kubernetes.store;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of the cluster in memory, under one lock and one revision counter. Stored trees are immutable; a change
 * replaces them. Listeners hear each change in order, under the lock, and must only hand it on.
 */
public final class ObjectStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Resource, Shelf> shelves = new EnumMap<>(Resource.class);
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private long revision = 1;

    public ObjectStore(int historyDepth) {
        for (Resource resource : Resource.values()) {
            shelves.put(resource, new Shelf(resource == Resource.LEASES ? Math.min(historyDepth, 200) : historyDepth));
        }
    }

    /** Runs something that sees and changes the store as one step. */
    public <T extends @Nullable Object> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public long revision() {
        return exclusively(() -> revision);
    }

    public Optional<ObjectNode> find(Resource resource, ObjectKey key) {
        return exclusively(() -> Optional.ofNullable(shelf(resource).objects().get(key)));
    }

    public ObjectNode get(Resource resource, ObjectKey key) {
        return find(resource, key).orElseThrow(() -> ApiError.notFound(resource, key.name()));
    }

    public List<ObjectNode> list(Resource resource) {
        return exclusively(() -> List.copyOf(shelf(resource).objects().values()));
    }

    /** Objects after a key, for pages; all of them when the key is absent. */
    public List<ObjectNode> listAfter(Resource resource, @Nullable ObjectKey after) {
        return after == null
                ? list(resource)
                : exclusively(() -> List.copyOf(
                        shelf(resource).objects().tailMap(after, false).values()));
    }

    public List<Change> since(Resource resource, long seen) {
        return exclusively(() -> shelf(resource).since(seen));
    }

    /** Adds a new object; name or generateName, uid and creation time are filled in. */
    public ObjectNode create(Resource resource, ObjectNode given) {
        return exclusively(() -> {
            ObjectNode object = prepared(resource, given);
            if (shelf(resource).objects().containsKey(ObjectKey.of(object))) {
                throw ApiError.alreadyExists(resource, Fields.name(object));
            }
            return put(resource, Change.Type.ADDED, object, null);
        });
    }

    /** What {@link #create} would store, apart from the revision. */
    public ObjectNode prepared(Resource resource, ObjectNode given) {
        ObjectNode object = Fields.object().put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
        object.setAll(given.deepCopy());
        object.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
        ObjectNode metadata = Fields.child(object, "metadata");
        if (Fields.name(object).isEmpty() && metadata.has("generateName")) {
            metadata.put("name", Fields.text(metadata, "generateName") + suffix());
        }
        metadata.put("uid", new UUID(random(), random()).toString());
        metadata.put("creationTimestamp", Times.seconds(Instant.now()));
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        if (resource.generation()) {
            metadata.put("generation", 1);
        }
        return object;
    }

    /** Changes a copy of the object; an unchanged copy commits nothing. Not found is an error. */
    public ObjectNode update(Resource resource, ObjectKey key, Consumer<ObjectNode> change) {
        return exclusively(() -> {
            ObjectNode current = get(resource, key);
            ObjectNode next = current.deepCopy();
            change.accept(next);
            return replace(resource, current, next);
        });
    }

    /** As {@link #update}, but nothing happens when the object is gone. */
    public void updateIfPresent(Resource resource, ObjectKey key, Consumer<ObjectNode> change) {
        exclusively(() -> {
            find(resource, key).ifPresent(found -> update(resource, key, change));
            return true;
        });
    }

    /** Commits the next state of an object; removes it when it was only waiting for its last finalizer. */
    public ObjectNode replace(Resource resource, ObjectNode current, ObjectNode next) {
        return exclusively(() -> {
            if (next.equals(current)) {
                return current;
            }
            if (resource.generation() && !Fields.at(next, "spec").equals(Fields.at(current, "spec"))) {
                Fields.child(next, "metadata")
                        .put("generation", Fields.integer(current, 0, "metadata", "generation") + 1);
            }
            if (finalized(current, next)) {
                return put(resource, Change.Type.DELETED, next, current);
            }
            return put(resource, Change.Type.MODIFIED, next, current);
        });
    }

    private static boolean finalized(JsonNode current, JsonNode next) {
        return Fields.terminating(next)
                && Fields.at(next, "metadata", "finalizers").isEmpty()
                && !Fields.at(current, "metadata", "finalizers").isEmpty()
                && Fields.integer(next, 0, "metadata", "deletionGracePeriodSeconds") == 0;
    }

    /** Removes an object at once, whatever its grace or finalizers; nothing when it is gone. */
    public void remove(Resource resource, ObjectKey key) {
        exclusively(() -> {
            find(resource, key).ifPresent(found -> put(resource, Change.Type.DELETED, found.deepCopy(), found));
            return true;
        });
    }

    /** Takes objects from disk, without telling anyone, and leaps ahead of every revision ever given out. */
    void restore(Resource resource, ObjectNode object) {
        shelf(resource).objects().put(ObjectKey.of(object), object);
        revision = Math.max(revision, Long.parseLong(Fields.text(object, "metadata", "resourceVersion")));
    }

    void restored(long atLeast) {
        revision = Math.max(revision, atLeast) + 100_000;
        shelves.values().forEach(shelf -> shelf.startAt(revision));
    }

    /** Hears of every change from now on. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    public void forget(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private ObjectNode put(Resource resource, Change.Type type, ObjectNode object, @Nullable ObjectNode previous) {
        revision++;
        Fields.child(object, "metadata").put("resourceVersion", Long.toString(revision));
        Shelf shelf = shelf(resource);
        if (type == Change.Type.DELETED) {
            shelf.objects().remove(ObjectKey.of(object));
        } else {
            shelf.objects().put(ObjectKey.of(object), object);
        }
        Change change = new Change(resource, type, object, previous, revision);
        shelf.remember(change);
        listeners.forEach(listener -> listener.accept(change));
        return object;
    }

    private Shelf shelf(Resource resource) {
        Shelf shelf = shelves.get(resource.stored());
        if (shelf == null) {
            throw new IllegalStateException("no shelf for " + resource);
        }
        return shelf;
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** Five characters as the API server appends to a generateName. */
    public static String suffix() {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
