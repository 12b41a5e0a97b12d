package io.nodeledger.query.cost;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.base.web.Money;
import io.nodeledger.query.cost.Bill.Part;
import io.nodeledger.query.cost.Period.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a bill, by node and in the order of time. A line's cost is its share of its node's, and so all lines of a
 * node sum to what the node costs, and those of all nodes to the total.
 */
public final class CostLines {
    static final String LIST = "cost-lines";
    /** Node and beginning of the last line shown. */
    static final Pattern KEY = Pattern.compile("node-[0-9a-z-]{1,60}/[0-9]{1,15}");

    /** As many nodes as are looked up at once. */
    private static final int BATCH = 100;

    private final CostQueries costs;
    private final IntervalQueries intervals;

    public CostLines(CostQueries costs, IntervalQueries intervals) {
        this.costs = costs;
        this.intervals = intervals;
    }

    /**
     * What is asked for.
     *
     * @param nodeId one node alone, null for all
     * @param now the moment whose knowledge counts
     */
    record Question(
            String workspaceId, Period period, @Nullable String nodeId, Instant now) {}

    /** All of them. */
    List<CostLine> all(Question question) {
        return page(question, null, Integer.MAX_VALUE - 1).items();
    }

    /** A page of them. */
    CursorPage<CostLine> page(Question question, @Nullable String after, int limit) {
        Span span = question.period().span(question.now());
        String node = after == null ? "" : after.substring(0, after.indexOf('/'));
        long began = after == null ? Long.MIN_VALUE : Long.parseLong(after.substring(after.indexOf('/') + 1));
        List<Part<NodeCost>> billed = new Bill<>(costs.nodes(question.workspaceId(), span, question.now()))
                .shares().stream()
                        .filter(part ->
                                question.nodeId() == null || part.key().nodeId().equals(question.nodeId()))
                        .filter(part -> part.key().nodeId().compareTo(node) >= 0)
                        .toList();
        var lines = new ArrayList<CostLine>();
        for (int i = 0; i < billed.size() && lines.size() <= limit; i += BATCH) {
            lines(billed.subList(i, Math.min(billed.size(), i + BATCH)), span, question.now()).stream()
                    .filter(line ->
                            !line.nodeId().equals(node) || line.startedAt().toEpochMilli() > began)
                    .forEach(lines::add);
        }
        return Cursor.page(
                lines.subList(0, Math.min(lines.size(), limit + 1)),
                limit,
                line -> Cursor.after(
                        LIST, line.nodeId() + "/" + line.startedAt().toEpochMilli()));
    }

    private List<CostLine> lines(List<Part<NodeCost>> nodes, Span span, Instant now) {
        Map<String, List<MeteredInterval>> byNode =
                intervals.of(nodes.stream().map(part -> part.key().nodeId()).toList(), span, now).stream()
                        .flatMap(interval -> interval.within(span).stream())
                        .collect(Collectors.groupingBy(MeteredInterval::nodeId));
        return nodes.stream()
                .flatMap(part -> lines(part, byNode.getOrDefault(part.key().nodeId(), List.of()), now).stream())
                .toList();
    }

    private static List<CostLine> lines(Part<NodeCost> part, List<MeteredInterval> intervals, Instant now) {
        long[] shares = LargestRemainder.shares(
                part.cents(), intervals.stream().map(MeteredInterval::metered).toList());
        var lines = new ArrayList<CostLine>(shares.length);
        for (MeteredInterval interval : intervals) {
            lines.add(line(part.key(), interval, shares[lines.size()], now));
        }
        return lines;
    }

    private static CostLine line(NodeCost node, MeteredInterval interval, long cents, Instant now) {
        String closedBy = interval.closedBy();
        return new CostLine(
                node.nodeId(),
                node.name(),
                node.planId(),
                node.region(),
                interval.status(),
                Money.rate(interval.rate()),
                interval.from(),
                closedBy == null && now.equals(interval.to()) ? null : interval.to(),
                BigDecimal.valueOf(interval.millis(), 3),
                LargestRemainder.shown(cents),
                closedBy == null ? List.of(interval.openedBy()) : List.of(interval.openedBy(), closedBy));
    }
}
