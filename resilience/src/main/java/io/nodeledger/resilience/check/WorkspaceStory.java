package io.nodeledger.resilience.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A workspace's stream, folded independently of the product: its credits, its holds and its live nodes. */
public final class WorkspaceStory {
    private final List<String> violations = new ArrayList<>();
    private final Map<String, BigDecimal> holds = new HashMap<>();
    private final Map<String, String> live = new HashMap<>();
    private final Set<String> released = new HashSet<>();
    private final String id;
    private BigDecimal balance = BigDecimal.ZERO;
    private int limit;

    private WorkspaceStory(String id) {
        this.id = id;
    }

    /** Folds a stream. */
    public static WorkspaceStory of(String id, List<RecordedEvent> events) {
        var story = new WorkspaceStory(id);
        events.forEach(story::apply);
        return story;
    }

    /** The live nodes' names by their ids. */
    public Map<String, String> live() {
        return Map.copyOf(live);
    }

    /** What is held, by node. */
    public Map<String, BigDecimal> holds() {
        return Map.copyOf(holds);
    }

    /** What is wrong with the stream itself. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    private void apply(RecordedEvent event) {
        String node = event.text("nodeId");
        switch (event.type()) {
            case "WorkspaceRegistered", "WorkspaceChanged" ->
                limit = event.payload().path("maxNodes").asInt();
            case "CreditsGranted" -> balance = balance.add(amount(event, "amount"));
            case "NodeAdmitted" -> admit(node, event);
            case "CreditHoldRenewed" -> hold(node, amount(event, "amount"));
            case "CreditHoldReleased" -> release(node, amount(event, "amount"));
            case "NodeReleased" -> {
                release(node, amount(event, "releasedHold"));
                if (live.remove(node) == null || !released.add(node)) {
                    violations.add("I11: %s is released twice in %s".formatted(node, id));
                }
            }
            default -> {}
        }
    }

    private void admit(String node, RecordedEvent event) {
        String name = event.text("name");
        if (live.containsValue(name)) {
            violations.add("the name %s is taken twice in %s".formatted(name, id));
        }
        live.put(node, name);
        hold(node, amount(event, "creditHold"));
        if (live.size() > limit) {
            violations.add("I12: %s has %d nodes, its limit is %d".formatted(id, live.size(), limit));
        }
    }

    private void hold(String node, BigDecimal amount) {
        holds.merge(node, amount, BigDecimal::add);
        BigDecimal held = holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (held.compareTo(balance) > 0) {
            violations.add("I11: %s holds %s of %s".formatted(id, held, balance));
        }
    }

    private void release(String node, BigDecimal amount) {
        BigDecimal held = holds.getOrDefault(node, BigDecimal.ZERO);
        if (held.compareTo(amount) != 0) {
            violations.add("I11: %s releases %s for %s, of which %s was held".formatted(id, amount, node, held));
        }
        holds.remove(node);
    }

    private static BigDecimal amount(RecordedEvent event, String field) {
        return new BigDecimal(event.payload().path(field).asString("0"));
    }
}
