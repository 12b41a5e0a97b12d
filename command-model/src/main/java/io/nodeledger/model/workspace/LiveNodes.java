package io.nodeledger.model.workspace;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workspace's nodes that are not deleted: names and holds, nothing more (source: rulings 14). */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class LiveNodes {
    /**
     * A node as its workspace knows it.
     *
     * @param creditHold USD held for it
     */
    record Entry(String name, BigDecimal creditHold) {}

    private final Map<String, Entry> byId;
    private final transient Set<String> names = new HashSet<>();
    private transient BigDecimal held = BigDecimal.ZERO;

    LiveNodes() {
        this(Map.of());
    }

    @JsonCreator
    LiveNodes(@JsonProperty("byId") Map<String, Entry> byId) {
        this.byId = new HashMap<>(byId);
        for (Entry entry : byId.values()) {
            names.add(entry.name());
            held = held.add(entry.creditHold());
        }
    }

    int count() {
        return byId.size();
    }

    /** Their ids, in an order that does not change. */
    List<String> ids() {
        return byId.keySet().stream().sorted().toList();
    }

    boolean hasName(String name) {
        return names.contains(name);
    }

    BigDecimal held() {
        return held;
    }

    Optional<Entry> find(String nodeId) {
        return Optional.ofNullable(byId.get(nodeId));
    }

    /** What is held for a node, zero for one that is not live. */
    BigDecimal holdOf(String nodeId) {
        Entry entry = byId.get(nodeId);
        return entry == null ? BigDecimal.ZERO : entry.creditHold();
    }

    void admit(String nodeId, String name, BigDecimal creditHold) {
        byId.put(nodeId, new Entry(name, creditHold));
        names.add(name);
        held = held.add(creditHold);
    }

    void releaseHold(String nodeId) {
        byId.computeIfPresent(nodeId, (_, entry) -> {
            held = held.subtract(entry.creditHold());
            return new Entry(entry.name(), BigDecimal.ZERO);
        });
    }

    void hold(String nodeId, BigDecimal more) {
        byId.computeIfPresent(nodeId, (_, entry) -> {
            held = held.add(more);
            return new Entry(entry.name(), entry.creditHold().add(more));
        });
    }

    /** Part of the holds was spent. */
    void draw(Map<String, BigDecimal> amounts) {
        amounts.forEach((nodeId, amount) -> hold(nodeId, amount.negate()));
    }

    void release(String nodeId) {
        Entry entry = byId.remove(nodeId);
        if (entry != null) {
            names.remove(entry.name());
            held = held.subtract(entry.creditHold());
        }
    }
}
