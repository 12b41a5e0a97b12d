package io.nodeledger.events.transition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the parts of a transition take of late, in seconds.
 *
 * @param provision until a node is ready; nodes are made side by side
 * @param migrate until the workloads of a workspace run on nodes that are ready
 * @param drain until a node is empty when nodes are emptied one by one
 * @param backup until a machine is backed up
 */
public record TransitionDurations(long provision, long migrate, long drain, long backup) {
    /** Backups under way at a time. */
    public static final int BACKUPS_AT_ONCE = 4;

    /** What is usual; it counts while too little was observed. */
    public static final TransitionDurations USUAL = new TransitionDurations(900, 300, 180, 300);

    /** One bad day must not promise hours. */
    private static final int LONGEST_OVER_USUAL = 4;

    /**
     * What was observed, and what is usual where nothing was.
     *
     * @param observed seconds that most took of late, by kind: {@code PROVISION}, {@code TRANSITION_MIGRATE}, {@code
     *     TRANSITION_DRAIN}, {@code TRANSITION_BACKUP}
     */
    public static TransitionDurations of(Map<String, Double> observed) {
        return new TransitionDurations(
                seconds(observed.get("PROVISION"), USUAL.provision),
                seconds(observed.get("TRANSITION_MIGRATE"), USUAL.migrate),
                seconds(observed.get("TRANSITION_DRAIN"), USUAL.drain),
                seconds(observed.get("TRANSITION_BACKUP"), USUAL.backup));
    }

    private static long seconds(@Nullable Double observed, long usual) {
        return observed == null ? usual : Math.clamp(Math.round(Math.ceil(observed)), 1, usual * LONGEST_OVER_USUAL);
    }

    /** Until a workspace runs on new nodes. */
    public long toDedicated() {
        return provision + migrate;
    }

    /**
     * Until a workspace runs on shared nodes. Deleting its former nodes disturbs nobody and does not count.
     *
     * @param backups machines that are backed up before
     */
    public long toShared(MigrationStrategy strategy, int backups, int nodes) {
        long emptying = strategy == MigrationStrategy.ROLLING ? nodes * drain : unit(strategy);
        return backups(backups) + (nodes == 0 ? 0 : emptying);
    }

    /** Until that many machines are backed up. */
    public long backups(int machines) {
        return (machines + BACKUPS_AT_ONCE - 1L) / BACKUPS_AT_ONCE * backup;
    }

    /** Until what has been begun in a window can be paused: a node where they are emptied one by one, or else all of them. */
    public long unit(MigrationStrategy strategy) {
        return switch (strategy) {
            case ROLLING, ALL_AT_ONCE -> drain;
            case BLUE_GREEN -> 2 * drain;
        };
    }
}
