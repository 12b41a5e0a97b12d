package io.nodeledger.provisioner.observation.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.observation.event.Folding.Changes;
import io.nodeledger.provisioner.observation.event.Folding.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a cluster tells, in whatever order and how often: each thing that happened counts once. */
class FoldingProperties {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /**
     * An event object as it is counted up.
     *
     * @param minutes after noon, at which it happened; the first one and how much later each other
     */
    record Counter(int what, List<Integer> minutes) {
        /** All states that a cluster may tell of it. */
        List<SeenEvent> states(int number) {
            var states = new ArrayList<SeenEvent>();
            int minute = minutes.getFirst();
            for (int i = 0; i < minutes.size(); i++) {
                minute += i == 0 ? 0 : minutes.get(i);
                states.add(new SeenEvent(
                        "uid-" + number,
                        new What("node-1", "Normal", "Reason" + what, "message", "kubelet"),
                        i + 1L,
                        at(minutes.getFirst()),
                        at(minute)));
            }
            return states;
        }
    }

    /** The tables, as far as folding goes. */
    private static final class Tables {
        private final Map<String, Counted> counted = new HashMap<>();
        private final Map<String, Fold> folds = new HashMap<>();

        Changes tell(Collection<SeenEvent> seen) {
            var changes = new Folding(counted.values(), folds.values()).of(seen);
            changes.counted().forEach(object -> counted.put(object.uid(), object));
            changes.more()
                    .forEach(more -> folds.merge(
                            more.id(),
                            more,
                            (before, _) -> new Fold(
                                    before.id(),
                                    before.what(),
                                    before.count() + more.count(),
                                    earlier(before.firstAt(), more.firstAt()),
                                    later(before.lastAt(), more.lastAt()))));
            return changes;
        }

        long total() {
            return folds.values().stream().mapToLong(Fold::count).sum();
        }
    }

    @Property(tries = 500)
    void each_occurrence_counts_once_in_whatever_order_and_parts_and_how_often_it_is_told(
            @ForAll("counters") List<Counter> counters, @ForAll long seed) {
        var tables = new Tables();
        var told = new ArrayList<>(statesOf(counters));
        told.addAll(statesOf(counters));
        Collections.shuffle(told, new Random(seed));
        int part = 1 + new Random(seed).nextInt(7);

        for (int from = 0; from < told.size(); from += part) {
            tables.tell(told.subList(from, Math.min(told.size(), from + part)));
        }

        assertThat(tables.total())
                .isEqualTo(counters.stream()
                        .mapToLong(counter -> counter.minutes().size())
                        .sum());
        assertThat(tables.folds.values()).allMatch(fold -> !fold.firstAt().isAfter(fold.lastAt()));
    }

    @Property(tries = 200)
    void what_is_told_again_changes_nothing(@ForAll("counters") List<Counter> counters) {
        var tables = new Tables();
        tables.tell(statesOf(counters));

        assertThat(tables.tell(statesOf(counters)).isEmpty()).isTrue();
    }

    @Property(tries = 500)
    void the_same_is_one_entry_as_long_as_it_goes_on(@ForAll("counters") List<Counter> counters) {
        var tables = new Tables();

        tables.tell(statesOf(counters));

        for (Fold one : tables.folds.values()) {
            for (Fold other : tables.folds.values()) {
                if (!one.id().equals(other.id())
                        && one.what().equals(other.what())
                        && !one.firstAt().isAfter(other.firstAt())) {
                    assertThat(other.firstAt()).isAfter(one.lastAt().plus(Fold.NEAR));
                }
            }
        }
    }

    private static List<SeenEvent> statesOf(List<Counter> counters) {
        return IntStream.range(0, counters.size())
                .boxed()
                .flatMap(number -> counters.get(number).states(number).stream())
                .toList();
    }

    @Provide
    Arbitrary<List<Counter>> counters() {
        Arbitrary<List<Integer>> minutes =
                Arbitraries.integers().between(0, 25).list().ofMinSize(1).ofMaxSize(5);
        return Combinators.combine(Arbitraries.integers().between(0, 2), minutes)
                .as(Counter::new)
                .list()
                .ofMaxSize(8);
    }

    private static Instant at(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
