package io.nodeledger.query.projection;

import io.nodeledger.base.eventstore.SettledOrder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to where the rows of a read model are complete: nothing can turn up any more at or below that position (source: rulings
 * 6). A reader that goes on from the last position that it saw misses nothing as long as it stays at or below.
 *
 * <p>Besides the log's own order it looks at the processor's progress, because a position may be settled in the log and
 * yet be read late. It costs two or three short statements.
 */
public final class SettledPositions {
    private final JdbcClient jdbc;
    private final Generations generations;
    private @Nullable SettledOrder log;

    SettledPositions(JdbcClient jdbc, Generations generations) {
        this.jdbc = jdbc;
        this.generations = generations;
    }

    /** The highest such position now, 0 when there is none yet. Ask before reading the rows. */
    public synchronized long reached(ReadModel model) {
        var active = generations.in(Generation.State.ACTIVE, model);
        var segments = active == null ? List.<TokenProgress>of() : generations.progress(active.processorName());
        long seen = segments.stream().mapToLong(TokenProgress::index).min().orElse(0);
        var gaps = new HashSet<Long>();
        segments.forEach(segment -> gaps.addAll(segment.gaps()));
        if (log == null) {
            // What the processor has no doubts about was settled long ago.
            var firstGap = gaps.stream().min(Comparator.naturalOrder());
            log = new SettledOrder(jdbc, Math.max(0, Math.min(seen, firstGap.orElse(Long.MAX_VALUE) - 1)));
        }
        long reached = Math.max(0, Math.min(seen, log.advance()));
        gaps.removeIf(gap -> gap > reached);
        return gaps.isEmpty() ? reached : Math.min(reached, firstUnread(gaps) - 1);
    }

    /** A gap of the processor is either dead or an event that it has yet to read. */
    private long firstUnread(Set<Long> gaps) {
        return jdbc.sql("SELECT min(global_index) FROM eventstore.domain_event WHERE global_index = ANY (?)")
                .param(gaps.toArray(Long[]::new))
                .query((row, _) -> row.getLong(1) == 0 ? Long.MAX_VALUE : row.getLong(1))
                .single();
    }
}
