package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.region.IdRange;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the next machine id of a range that nobody has. It looks through a stretch of ids at a time: the first one
 * nearly always holds a free id, while one query over a range of a hundred thousand costs a tenth of a second, in which
 * all claims of the region wait.
 */
final class FreeMachineId {
    private static final int STRETCH = 500;

    private final JdbcClient jdbc;

    FreeMachineId(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Goes on from the last one that was handed out, and round.
     *
     * @param taken ids that the cluster shows in use
     * @throws IllegalStateException when all are used up
     */
    int after(int last, String region, IdRange range, Set<Integer> taken) {
        int start = last < range.first() || last >= range.last() ? range.first() : last + 1;
        OptionalInt ahead = within(start, range.last(), region, taken);
        OptionalInt free = ahead.isPresent() ? ahead : within(range.first(), start - 1, region, taken);
        return free.orElseThrow(() -> new IllegalStateException("The vmid-range " + range.first() + "-" + range.last()
                + " of region " + region + " is used up; give it a larger one"));
    }

    private OptionalInt within(int first, int last, String region, Set<Integer> taken) {
        for (int from = first; from <= last; from += STRETCH) {
            int to = Math.min(from + STRETCH - 1, last);
            Set<Integer> claimed = claimed(region, from, to);
            OptionalInt free = IntStream.rangeClosed(from, to)
                    .filter(id -> !claimed.contains(id) && !taken.contains(id))
                    .findFirst();
            if (free.isPresent()) {
                return free;
            }
        }
        return OptionalInt.empty();
    }

    private Set<Integer> claimed(String region, int from, int to) {
        return new HashSet<>(
                jdbc.sql("select vm_id from provisioner.machine_id where region = ? and vm_id between ? and ?")
                        .params(region, from, to)
                        .query(Integer.class)
                        .list());
    }
}
