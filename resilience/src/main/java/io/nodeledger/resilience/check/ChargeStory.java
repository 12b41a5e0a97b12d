package io.nodeledger.resilience.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What workspaces were charged against what their nodes cost, read off the log in its order: each day once and in its turn,
 * with all that was known of it then (source: rulings 13 and 14, reliability I11).
 */
public final class ChargeStory {
    private static final String WORKSPACE = "workspace:";

    private final Map<String, NodeClock> nodes = new HashMap<>();
    private final Map<String, Charged> workspaces = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private ChargeStory() {}

    /** A workspace's nodes and its charges so far. */
    private static final class Charged {
        private final List<RecordedEvent> stream = new ArrayList<>();
        private final List<String> nodes = new ArrayList<>();
        private BigDecimal sum = BigDecimal.ZERO;
        private LocalDate next = LocalDate.MAX;
    }

    /**
     * What is wrong with the charges of a log.
     *
     * @param through the last day that has to be charged by now
     */
    public static List<String> violations(List<RecordedEvent> log, LocalDate through) {
        var story = new ChargeStory();
        log.forEach(story::apply);
        story.workspaces.forEach((id, workspace) -> {
            LocalDate last = workspace.next.minusDays(1);
            story.requireNothingDue(id, workspace, last.isBefore(through) ? last : through, through);
        });
        return story.violations;
    }

    private void apply(RecordedEvent event) {
        if (!event.stream().startsWith(WORKSPACE)) {
            nodes.computeIfAbsent(event.stream(), _ -> new NodeClock()).apply(event);
            if (event.type().equals("NodeProvisioningCompleted")) {
                ready(event);
            }
            return;
        }
        String id = event.stream().substring(WORKSPACE.length());
        Charged workspace = workspaces.computeIfAbsent(id, _ -> new Charged());
        workspace.stream.add(event);
        switch (event.type()) {
            case "NodeAdmitted" -> workspace.nodes.add(event.text("nodeId"));
            case "WorkspaceCharged" -> charged(id, workspace, event);
            default -> {}
        }
    }

    /** The first day of a workspace is that of its first node. */
    private void ready(RecordedEvent event) {
        Charged workspace = Objects.requireNonNull(workspaces.get(event.text("workspaceId")));
        LocalDate day = LocalDate.ofInstant(Instant.parse(event.text("effectiveAt")), ZoneOffset.UTC);
        if (workspace.next.equals(LocalDate.MAX)) {
            workspace.next = day;
        }
    }

    private void charged(String id, Charged workspace, RecordedEvent event) {
        LocalDate day = LocalDate.parse(event.text("day"));
        if (day.isBefore(workspace.next)) {
            violations.add("I11: %s is charged for %s, and was before or had no node yet".formatted(id, day));
        }
        requireNothingDue(id, workspace, workspace.next, day.minusDays(1));
        workspace.sum = workspace.sum.add(amount(event, "amount"));
        workspace.next = day.plusDays(1);
        requireNothingDue(id, workspace, day, day);
        if (amount(event, "owed").signum() > 0) {
            requireHoldsSpent(id, workspace, day);
        }
    }

    /** What was charged until now is what was to be paid by the end of each of these days, as far as is known now. */
    private void requireNothingDue(String id, Charged workspace, LocalDate first, LocalDate last) {
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            Instant end = end(day);
            BigDecimal cost = NodeClock.usd(workspace.nodes.stream()
                    .map(node -> rateMillis(node, end))
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
            if (cost.compareTo(workspace.sum) != 0) {
                violations.add("I11: %s was charged %s by the end of %s, its nodes cost %s"
                        .formatted(id, workspace.sum, day, cost));
                return;
            }
        }
    }

    /** Nothing is owed while something is held for a node that the charge is for. */
    private void requireHoldsSpent(String id, Charged workspace, LocalDate day) {
        Map<String, BigDecimal> holds = WorkspaceStory.of(id, workspace.stream).holds();
        workspace.nodes.stream()
                .filter(holds::containsKey)
                .filter(node -> rateMillis(node, end(day)).compareTo(rateMillis(node, end(day.minusDays(1)))) > 0)
                .forEach(node -> violations.add("I11: %s owes for %s, but holds %s for %s that costs"
                        .formatted(id, day, holds.get(node), node)));
    }

    private BigDecimal rateMillis(String node, Instant until) {
        return nodes.computeIfAbsent(node, _ -> new NodeClock()).rateMillis(until);
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static BigDecimal amount(RecordedEvent event, String field) {
        return new BigDecimal(event.payload().path(field).asString("0"));
    }
}
