package io.nodeledger.simulators.kubernetes.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the objects on disk: changed ones are appended as JSON lines at each {@link #flush}, so that a burst costs one
 * line per object and a large cluster is not rewritten for a small change. The file is rewritten whole, atomically,
 * when the appended lines outgrow the state and at close. A renewed lease alone writes nothing.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final long SLACK_BYTES = 4L << 20;

    private record Entry(Resource resource, ObjectKey key) {}

    private final ObjectStore store;
    private final Path file;
    private volatile Runnable dirtied = () -> {};
    private final Map<Entry, Boolean> dirty = new LinkedHashMap<>();
    private long appended;

    public Journal(ObjectStore store, Path file) {
        this.store = store;
        this.file = file;
    }

    /**
     * Reads what is there and from then on records changes. A torn last line (the process died while writing it) ends
     * the reading.
     *
     * @param whenDirty called when something needs a flush soon
     * @return whether there was anything to read
     */
    public boolean load(Runnable whenDirty) {
        dirtied = whenDirty;
        boolean found = Files.exists(file);
        if (found) {
            replay();
        }
        store.listen(this::changed);
        return found;
    }

    private void replay() {
        Map<Entry, ObjectNode> latest = new LinkedHashMap<>();
        long revision = 0;
        try (var lines = Files.lines(file, UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode entry = Fields.JSON.readTree(line);
                revision = Math.max(revision, Fields.at(entry, "revision").asLong(0));
                Resource resource = Resource.valueOf(Fields.text(entry, "resource"));
                Entry key =
                        new Entry(resource, new ObjectKey(Fields.text(entry, "namespace"), Fields.text(entry, "name")));
                if (entry.path("object") instanceof ObjectNode object) {
                    latest.put(key, object);
                } else {
                    latest.remove(key);
                }
            }
        } catch (JacksonException torn) {
            log.warn("The journal {} ends in the middle of a line: the last change before the stop is lost", file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the cluster's state in " + file, unreadable);
        }
        latest.forEach((key, object) -> store.restore(key.resource(), object));
        store.restored(revision);
    }

    private void changed(Change change) {
        if (change.resource() == Resource.LEASES && change.type() == Change.Type.MODIFIED) {
            return;
        }
        boolean first;
        synchronized (dirty) {
            first = dirty.isEmpty();
            dirty.put(new Entry(change.resource(), ObjectKey.of(change.object())), true);
        }
        if (first) {
            dirtied.run();
        }
    }

    /** Appends what changed since the last flush. */
    public synchronized void flush() {
        List<Entry> entries;
        synchronized (dirty) {
            entries = List.copyOf(dirty.keySet());
            dirty.clear();
        }
        if (entries.isEmpty()) {
            return;
        }
        try {
            if (appended > SLACK_BYTES) {
                rewrite();
            } else {
                append(entries);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Cannot write the cluster's state to " + file, unwritable);
        }
    }

    private void append(List<Entry> entries) throws IOException {
        try (BufferedWriter out =
                Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Entry entry : entries) {
                String line = line(entry);
                appended += line.length();
                out.write(line);
            }
        }
    }

    private void rewrite() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (BufferedWriter out = Files.newBufferedWriter(next, UTF_8)) {
            for (Resource resource : Resource.values()) {
                if (resource.stored() == resource) {
                    for (ObjectNode object : store.list(resource)) {
                        out.write(line(new Entry(resource, ObjectKey.of(object))));
                    }
                }
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        appended = 0;
    }

    private String line(Entry entry) {
        ObjectNode line = Fields.object()
                .put("resource", entry.resource().name())
                .put("namespace", entry.key().namespace())
                .put("name", entry.key().name())
                .put("revision", store.revision());
        store.find(entry.resource(), entry.key()).ifPresent(object -> line.set("object", object));
        return Fields.JSON.writeValueAsString(line) + "\n";
    }

    @Override
    public synchronized void close() {
        try {
            rewrite();
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Cannot write the cluster's state to " + file, unwritable);
        }
    }
}
