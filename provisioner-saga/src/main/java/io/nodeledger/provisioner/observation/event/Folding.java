package io.nodeledger.provisioner.observation.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Folds events as Kubernetes does, over its event objects too: a kubelet that was restarted begins a new object for what
 * an older one says already. A pure function; each object's count is counted once, however often and in whatever order
 * it is told.
 */
final class Folding {
    private final Map<String, Counted> counted;
    private final Map<What, List<Fold>> folds;

    /**
     * An event object that is counted.
     *
     * @param foldId in which fold
     * @param count how far
     */
    record Counted(String uid, String foldId, long count) {}

    /**
     * What is to be written.
     *
     * @param more what comes to each fold: its count is what is added
     * @param counted the objects that are counted further now
     */
    record Changes(List<Fold> more, List<Counted> counted) {
        boolean isEmpty() {
            return counted.isEmpty();
        }
    }

    /**
     * @param counted what is known of the objects
     * @param folds what the objects that are not known may belong to
     */
    Folding(Collection<Counted> counted, Collection<Fold> folds) {
        this.counted = counted.stream().collect(Collectors.toMap(Counted::uid, Function.identity()));
        this.folds = new HashMap<>();
        folds.forEach(fold -> sameAs(fold.what()).add(fold));
    }

    /** Each object once, as it was told last, in the order in which they began. */
    static List<SeenEvent> latest(Collection<SeenEvent> seen) {
        return seen.stream()
                .collect(Collectors.toMap(
                        SeenEvent::uid,
                        Function.identity(),
                        BinaryOperator.maxBy(
                                Comparator.comparingLong(SeenEvent::count).thenComparing(SeenEvent::lastAt))))
                .values()
                .stream()
                .sorted(Comparator.comparing(SeenEvent::firstAt).thenComparing(SeenEvent::uid))
                .toList();
    }

    /** What comes to what is written already. */
    Changes of(Collection<SeenEvent> seen) {
        var more = new LinkedHashMap<String, Fold>();
        var changed = new ArrayList<Counted>();
        for (SeenEvent event : latest(seen)) {
            Counted before = counted.get(event.uid());
            long already = before == null ? 0 : before.count();
            if (event.count() > already) {
                String foldId = before == null ? foldFor(event) : before.foldId();
                long added = event.count() - already;
                more.merge(
                        foldId,
                        new Fold(foldId, event.what(), added, event.firstAt(), event.lastAt()),
                        (one, _) -> one.and(added, event));
                changed.add(new Counted(event.uid(), foldId, event.count()));
            }
        }
        return new Changes(List.copyOf(more.values()), changed);
    }

    /** The fold that a new object belongs to, which grows by it and so may come near to others. */
    private String foldFor(SeenEvent event) {
        List<Fold> same = sameAs(event.what());
        Optional<Fold> near = same.stream().filter(fold -> fold.isNear(event)).findFirst();
        Fold fold = near.orElseGet(() -> new Fold(event.uid(), event.what(), 0, event.firstAt(), event.lastAt()));
        near.ifPresent(same::remove);
        same.add(fold.and(event.count(), event));
        return fold.id();
    }

    private List<Fold> sameAs(What what) {
        return folds.computeIfAbsent(what, _ -> new ArrayList<>());
    }
}
