package io.nodeledger.query.events;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.events.Happened.OfCluster;
import io.nodeledger.query.events.Happened.OfPlatform;
import io.nodeledger.query.observed.ObservedTables;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the events of a node from both who tell them, merged. Who follows the cursors sees each event that was there at
 * the beginning once, and nothing that is newer. An event of the cluster that happens again meanwhile becomes the newest
 * of all: if it was not shown before, it will be at the next beginning.
 */
public final class EventQueries {
    /** Newest first; what the platform says of a moment comes before what the cluster says of it. */
    private static final Comparator<Happened> ORDER = Comparator.comparing(Happened::at)
            .thenComparing(event -> event instanceof OfPlatform)
            .thenComparingLong(event -> event instanceof OfPlatform platform ? platform.position() : 0)
            .thenComparing(event -> event instanceof OfCluster cluster ? cluster.id() : "")
            .reversed();

    private final ClusterEvents cluster;
    private final PlatformEvents platform;

    public EventQueries(JdbcClient jdbc, ObservedTables tables) {
        this.cluster = new ClusterEvents(jdbc, tables);
        this.platform = new PlatformEvents(jdbc);
    }

    CursorPage<EventView> list(NodeRecord node, EventFilter filter, @Nullable Place after, int limit) {
        var origin = node.origin();
        var ofPlatform = platform.list(origin.workspaceId(), origin.id(), filter, after, limit + 1);
        var ofCluster = cluster.list(origin.region(), origin.id(), filter, after, limit + 1);
        var newest = Stream.<Happened>concat(ofPlatform.stream(), ofCluster.stream())
                .sorted(ORDER)
                .limit(limit + 1L)
                .toList();
        var list = EventFilter.list(filter.type(), filter.source());
        var page = Cursor.page(
                newest,
                limit,
                last -> Cursor.after(
                        list,
                        next(filter, last, position(newest.subList(0, limit), ofPlatform, after))
                                .text()));
        return new CursorPage<>(page.items().stream().map(Happened::view).toList(), page.next());
    }

    private static Place next(EventFilter filter, Happened last, long position) {
        String id = last instanceof OfCluster shown ? shown.id() : Place.BEFORE_ALL_IDS;
        return new Place(filter.since(), last.at(), id, position);
    }

    /** Where the platform's events go on, when maybe none of them was shown up to here; what is not there yet never is. */
    private static long position(List<Happened> shown, List<OfPlatform> found, @Nullable Place before) {
        return shown.stream()
                .flatMap(event -> event instanceof OfPlatform fact ? Stream.of(fact.position()) : Stream.empty())
                .reduce((_, last) -> last)
                .orElseGet(() -> {
                    if (before != null) {
                        return before.position();
                    }
                    return found.isEmpty() ? 0 : found.getFirst().position() + 1;
                });
    }
}
