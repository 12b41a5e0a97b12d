package io.nodeledger.simulators.kubernetes.store;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one type and the recent changes from which a watch can resume. Guarded by the store's lock. */
final class Shelf {
    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final int depth;
    private long oldestResumable;

    Shelf(int depth) {
        this.depth = depth;
    }

    NavigableMap<ObjectKey, ObjectNode> objects() {
        return objects;
    }

    void remember(Change change) {
        history.addLast(change);
        if (history.size() > depth) {
            oldestResumable = history.removeFirst().revision();
        }
    }

    /** Forgets the past: who has seen less than this revision must list again. */
    void startAt(long revision) {
        oldestResumable = revision;
    }

    List<Change> since(long revision) {
        if (revision < oldestResumable) {
            throw ApiError.of(410, "Expired", "too old resource version: " + revision + " (" + oldestResumable + ")");
        }
        return history.stream().filter(c -> c.revision() > revision).toList();
    }
}
