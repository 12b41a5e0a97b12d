package io.nodeledger.query.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clusters in which everything is tight and repeats itself, so that each filter decides often, and pods for them. */
final class RandomCluster {
    private static final String[] KEYS = {"dedicated", "gpu", "node.kubernetes.io/unschedulable"};
    private static final String[] VALUES = {"", "backend", "db"};
    private static final String[] EFFECTS = {"NoSchedule", "NoExecute", "PreferNoSchedule"};
    private static final long GIB = 1L << 30;
    private static final long HALF_GIB = GIB / 2;

    private final Random random;

    RandomCluster(long seed) {
        random = new Random(seed);
    }

    List<SchedulerModel.Node> nodes() {
        return IntStream.range(0, random.nextInt(9)).mapToObj(this::node).toList();
    }

    SchedulerModel.Pod pod() {
        return new SchedulerModel.Pod(
                oftenNone(random.nextInt(5) * 500L + random.nextInt(2)),
                oftenNone(random.nextInt(9) * HALF_GIB + random.nextInt(2)),
                oftenNone(random.nextInt(4) * GIB),
                random.nextInt(3) > 0 ? Map.of() : labels(),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> toleration())
                        .toList());
    }

    private SchedulerModel.Node node(int number) {
        var pods = new ArrayList<long[]>();
        for (int i = random.nextInt(5); i > 0; i--) {
            pods.add(new long[] {random.nextInt(4) * 500L, random.nextInt(5) * HALF_GIB, random.nextInt(3) * GIB});
        }
        var taints = new ArrayList<String[]>();
        for (int i = random.nextInt(3); i > 0; i--) {
            taints.add(new String[] {any(KEYS), any(VALUES), any(EFFECTS)});
        }
        return new SchedulerModel.Node(
                "node-" + number,
                random.nextInt(9) * 500L,
                random.nextInt(17) * HALF_GIB,
                random.nextInt(5) == 0 ? null : random.nextInt(9) * GIB,
                1 + random.nextInt(6),
                pods,
                taints,
                labels(),
                random.nextInt(5) == 0);
    }

    private Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        for (String key : new String[] {"node-type", "zone"}) {
            if (random.nextBoolean()) {
                labels.put(key, any(new String[] {"a", "b"}));
            }
        }
        return labels;
    }

    /** One that Kubernetes would accept: without a key it exists, and what exists has no value. */
    private SchedulerModel.Toleration toleration() {
        @Nullable String key = random.nextInt(4) == 0 ? null : any(KEYS);
        boolean exists = key == null || random.nextBoolean();
        @Nullable String effect = random.nextBoolean() ? null : any(EFFECTS);
        return exists
                ? new SchedulerModel.Toleration(key, "Exists", null, effect)
                : new SchedulerModel.Toleration(
                        key, random.nextBoolean() ? null : "Equal", random.nextBoolean() ? any(VALUES) : null, effect);
    }

    /** The same amount of thousandths in one of the ways in which clusters print it. */
    String cores(long milli) {
        return switch (random.nextInt(3)) {
            case 0 -> milli + "m";
            case 1 -> milli * 1_000_000 + "n";
            default -> milli / 1000 + "." + String.valueOf(1000 + milli % 1000).substring(1);
        };
    }

    /** The same number of bytes in one of the ways in which clusters print it. */
    String bytes(long bytes) {
        return switch (random.nextInt(3)) {
            case 0 -> Long.toString(bytes);
            case 1 -> bytes % 1024 == 0 ? bytes / 1024 + "Ki" : bytes + "000m";
            default -> bytes + "e0";
        };
    }

    private long oftenNone(long amount) {
        return random.nextInt(4) == 0 ? 0 : amount;
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
