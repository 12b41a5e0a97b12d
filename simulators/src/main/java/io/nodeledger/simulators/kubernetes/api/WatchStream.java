package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.Change;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One watch: initial objects or the changes since a revision, then every change, each as one JSON line. An object that
 * begins or ceases to match the selectors shows as added or deleted. A client that does not read is cut off.
 */
final class WatchStream implements Consumer<Change> {
    private static final int MAX_UNREAD = 10_000;
    private final ObjectStore store;
    private final ApiCall call;
    private final Resource resource;
    private final Predicate<JsonNode> filter;
    private final Presentation presentation;
    private final Context context;
    private volatile @Nullable WatchSink sink;
    private volatile Runnable onEnd = () -> {};
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    WatchStream(ObjectStore store, ApiCall call, Context context) {
        this.store = store;
        this.call = call;
        this.resource = call.path().resource();
        this.filter = call.filter();
        this.presentation = Presentation.of(call);
        this.context = context;
    }

    /** Sends what the client has not seen and subscribes, as one step. */
    void start(WatchSink target, Runnable whenEnded) {
        sink = target;
        onEnd = whenEnded;
        store.exclusively(() -> {
            try {
                sendUnseen();
                store.listen(this);
            } catch (ApiError tooOld) {
                send("ERROR", tooOld.status());
                context.runOnContext(v -> end());
            }
            return true;
        });
    }

    private void sendUnseen() {
        String seen = call.parameter("resourceVersion");
        boolean initial = call.flag("sendInitialEvents");
        if (!initial && !seen.isEmpty() && !seen.equals("0")) {
            store.since(resource, revision(seen)).forEach(this);
            return;
        }
        if (initial || call.parameter("sendInitialEvents").isEmpty()) {
            store.list(resource).stream().filter(filter).forEach(object -> send("ADDED", object));
        }
        if (initial) {
            ObjectNode bookmark = bookmarkObject();
            Fields.child(bookmark, "metadata", "annotations").put("k8s.io/initial-events-end", "true");
            send("BOOKMARK", bookmark);
        }
    }

    private static long revision(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notARevision) {
            throw ApiError.badRequest("invalid resource version \"" + text + "\"");
        }
    }

    @Override
    public void accept(Change change) {
        if (change.resource() != resource.stored()) {
            return;
        }
        boolean before = change.previous() != null && filter.test(change.previous());
        boolean after = change.type() != Change.Type.DELETED && filter.test(change.object());
        if (after) {
            send(before ? "MODIFIED" : "ADDED", change.object());
        } else if (before) {
            send("DELETED", change.type() == Change.Type.DELETED ? change.object() : departed(change));
        }
    }

    /** The last matching state with the revision at which it ceased to match. */
    private static ObjectNode departed(Change change) {
        ObjectNode previous = change.previous() == null ? change.object() : change.previous();
        ObjectNode object = previous.deepCopy();
        Fields.child(object, "metadata").put("resourceVersion", Long.toString(change.revision()));
        return object;
    }

    void bookmark() {
        if (call.flag("allowWatchBookmarks")) {
            store.exclusively(() -> {
                send("BOOKMARK", bookmarkObject());
                return true;
            });
        }
    }

    private ObjectNode bookmarkObject() {
        ObjectNode object = Fields.object().put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
        Fields.child(object, "metadata").put("resourceVersion", Long.toString(store.revision()));
        return object;
    }

    private void send(String type, ObjectNode object) {
        if (unread.incrementAndGet() > MAX_UNREAD) {
            end();
            return;
        }
        context.runOnContext(v -> {
            WatchSink target = sink;
            if (!ended.get() && target != null) {
                ObjectNode event = Fields.object().put("type", type);
                boolean plain = type.equals("ERROR") || type.equals("BOOKMARK");
                event.set("object", plain ? object : presentation.one(call, object));
                target.send(event + "\n").onComplete(sent -> unread.decrementAndGet());
            }
        });
    }

    ApiRequest request() {
        return call.request();
    }

    void end() {
        end(WatchSink::end);
    }

    void cut() {
        end(WatchSink::cut);
    }

    private void end(Consumer<WatchSink> how) {
        if (ended.compareAndSet(false, true)) {
            store.forget(this);
            onEnd.run();
            WatchSink target = sink;
            if (target != null) {
                how.accept(target);
            }
        }
    }
}
