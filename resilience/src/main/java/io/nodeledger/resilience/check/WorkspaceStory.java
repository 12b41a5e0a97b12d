package io.nodeledger.resilience.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A workspace's stream, folded independently of the product: its credits, its holds and its live nodes. */
public final class WorkspaceStory {
    private final List<String> violations = new ArrayList<>();
    private final Map<String, BigDecimal> holds = new HashMap<>();
    private final Map<String, String> live = new HashMap<>();
    private final Set<String> released = new HashSet<>();
    private final String id;
    private BigDecimal balance = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal owed = BigDecimal.ZERO;
    private String lastDay = "";
    private String transition = "";
    private String placement = "SHARED";
    private boolean exhausted;
    private int limit;

    private WorkspaceStory(String id) {
        this.id = id;
    }

    /** Folds a stream. */
    public static WorkspaceStory of(String id, List<RecordedEvent> events) {
        var story = new WorkspaceStory(id);
        events.forEach(event -> {
            story.apply(event);
            story.credits(event);
        });
        story.settled();
        return story;
    }

    /** The live nodes' names by their ids. */
    public Map<String, String> live() {
        return Map.copyOf(live);
    }

    /** What is held, by node. */
    public Map<String, BigDecimal> holds() {
        return holds.entrySet().stream()
                .filter(hold -> hold.getValue().signum() != 0)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is neither spent nor held. */
    public BigDecimal available() {
        return balance.subtract(holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** What was charged and is not paid. */
    public BigDecimal owed() {
        return owed;
    }

    /** Where its workloads run: {@code SHARED} or {@code DEDICATED}. */
    public String placement() {
        return placement;
    }

    /** The transition that is under way, or empty. */
    public String transition() {
        return transition;
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
            case "CreditsGranted" -> {
                granted = granted.add(amount(event, "amount"));
                balance = balance.add(amount(event, "amount"));
            }
            case "WorkspaceCharged" -> charge(event);
            case "OwedSettled" -> {
                balance = balance.subtract(amount(event, "amount"));
                owed = owed.subtract(amount(event, "amount"));
            }
            case "CreditsExhausted" -> exhausted = true;
            case "CreditsRestored" -> exhausted = false;
            case "TransitionBegun" -> {
                if (!transition.isEmpty()) {
                    violations.add(
                            "I9: %s begins %s while %s runs".formatted(id, event.text("transitionId"), transition));
                }
                transition = event.text("transitionId");
            }
            case "PlacementChanged" -> {
                requireTransition(event);
                placement = event.text("placement");
            }
            case "TransitionEnded" -> {
                requireTransition(event);
                transition = "";
            }
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

    private void requireTransition(RecordedEvent event) {
        if (!event.text("transitionId").equals(transition)) {
            violations.add("I9: %s of %s belongs to %s, but '%s' runs"
                    .formatted(event.type(), id, event.text("transitionId"), transition));
        }
    }

    private void admit(String node, RecordedEvent event) {
        if (owed.signum() > 0) {
            violations.add("I11: %s gets %s while it owes %s".formatted(id, node, owed));
        }
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
    }

    private void charge(RecordedEvent event) {
        String day = event.text("day");
        if (day.compareTo(lastDay) <= 0) {
            violations.add("I11: %s is charged for %s after %s".formatted(id, day, lastDay));
        }
        lastDay = day;
        BigDecimal parts = amount(event, "fromAvailable").add(amount(event, "owed"));
        for (var drawn : event.payload().path("fromHolds").properties()) {
            BigDecimal part = new BigDecimal(drawn.getValue().asString("0"));
            parts = parts.add(part);
            holds.merge(drawn.getKey(), part.negate(), BigDecimal::add);
        }
        BigDecimal amount = amount(event, "amount");
        if (parts.compareTo(amount) != 0) {
            violations.add("I11: %s draws %s for a charge of %s".formatted(id, parts, amount));
        }
        charged = charged.add(amount);
        owed = owed.add(amount(event, "owed"));
        balance = balance.subtract(amount.subtract(amount(event, "owed")));
        if (parts.subtract(amount(event, "fromAvailable")).signum() > 0
                && available().signum() > 0) {
            violations.add("I11: %s draws on holds or credit for %s, but has %s".formatted(id, day, available()));
        }
    }

    /** After any event: credits are conserved, and nothing is negative. */
    private void credits(RecordedEvent event) {
        BigDecimal held = holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (balance.compareTo(held) < 0
                || owed.signum() < 0
                || holds.values().stream().anyMatch(it -> it.signum() < 0)) {
            violations.add(
                    "I11: %s has %s, holds %s and owes %s after %s".formatted(id, balance, held, owed, event.type()));
        }
        if (granted.add(owed).compareTo(balance.add(charged)) != 0) {
            violations.add("I11: %s was granted %s and charged %s, but has %s and owes %s"
                    .formatted(id, granted, charged, balance, owed));
        }
    }

    /** Once nothing is under way: debts are paid as soon as anything is available, and told. */
    private void settled() {
        BigDecimal held = holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (owed.signum() > 0 && balance.compareTo(held) > 0) {
            violations.add("I11: %s owes %s, but has %s of which %s is held".formatted(id, owed, balance, held));
        }
        if (exhausted != (owed.signum() > 0)) {
            violations.add(
                    "I11: %s owes %s, and is told to be %s".formatted(id, owed, exhausted ? "exhausted" : "well"));
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
