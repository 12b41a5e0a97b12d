package io.nodeledger.resilience.schedule;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Schedules made by a seed: the same seed, the same schedule. */
public final class RandomActs {
    /** Nodes of one schedule. */
    public static final int NODES = 3;

    private static final List<Trouble> TROUBLES = List.of(Trouble.values());
    private static final int LONGEST = 12;
    private static final int LONGEST_PAUSE = 600;

    private RandomActs() {}

    /**
     * The schedule of a seed.
     *
     * @param calls how many calls there are that can go wrong
     */
    public static List<Act> of(long seed, int calls) {
        var random = new Random(seed);
        var acts = new ArrayList<Act>();
        acts.add(new Act.Provision(0));
        int length = 3 + random.nextInt(LONGEST - 2);
        for (int i = 0; i < length; i++) {
            acts.add(act(random, calls));
        }
        return List.copyOf(acts);
    }

    private static Act act(Random random, int calls) {
        int node = random.nextInt(NODES);
        return switch (random.nextInt(30)) {
            case 0, 1, 2 -> new Act.Provision(node);
            case 3, 4 -> new Act.Delete(node, random.nextBoolean());
            case 5, 6, 7, 8 -> new Act.Pause(1 + random.nextInt(LONGEST_PAUSE));
            case 9, 10 -> new Act.Crash();
            case 11, 12, 13 -> new Act.Break(random.nextInt(calls), TROUBLES.get(random.nextInt(TROUBLES.size())));
            case 14 -> new Act.Outage(random.nextBoolean());
            case 15 -> new Act.Heal();
            case 16 -> new Act.Vanish(node);
            case 17 -> new Act.Migrate(node);
            case 18 -> new Act.Power(node, random.nextBoolean());
            case 19 -> new Act.Silence(node);
            case 20, 21, 22 -> new Act.Switch(node, OperationType.STOP);
            case 23, 24 -> new Act.Switch(node, OperationType.START);
            case 25, 26 -> new Act.Switch(node, OperationType.REBOOT);
            case 27 -> new Act.Relabel(node, "v" + random.nextInt(LONGEST_PAUSE));
            case 28 -> new Act.Retry(node);
            default -> new Act.Cancel(node);
        };
    }
}
