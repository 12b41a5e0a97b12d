package io.nodeledger.webhook.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the cluster answers, and whether those that use it get what they ask for; each of them says so itself. Asked in the
 * background, oftener while it does not answer, so that whoever waits is told as soon as it is back.
 */
public final class KafkaHealth implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final String CLUSTER = "cluster";
    private static final long ASKS_EVERY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long TRIED_AGAIN_WITHIN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long CALLS_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Topics topics;
    private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean asked;
    private long askedAt;
    private long calledAt = System.nanoTime();

    private record Problem(String told, long at) {}

    /** Health of the cluster that has the topics. */
    public KafkaHealth(Topics topics) {
        this.topics = topics;
    }

    /** Calls back as soon as the cluster answers again, and every few seconds while it answers and somebody still waits. */
    public void whenBack(Runnable goOn) {
        waiting.add(goOn);
    }

    /** A part that uses the cluster does not get on, and why. */
    public void failed(String part, Throwable failure) {
        problems.put(part, new Problem(KafkaFailure.told(failure), System.nanoTime()));
    }

    /** A part that uses the cluster gets on. */
    public void well(String part) {
        problems.remove(part);
    }

    /** Whether a part does not get on. */
    public boolean waits(String part) {
        return problems.containsKey(part);
    }

    /** Whether the cluster answered when it was asked last. */
    public boolean answers() {
        return asked && !waits(CLUSTER);
    }

    /** Asks the cluster, if it is time to: whenever somebody waits, and now and then. */
    public void look() {
        if (asked && problems.isEmpty() && System.nanoTime() - askedAt < ASKS_EVERY_NANOS) {
            return;
        }
        boolean wasAway = waits(CLUSTER);
        @Nullable KafkaException away = ask();
        askedAt = System.nanoTime();
        asked = true;
        if (away == null) {
            well(CLUSTER);
            forgetThoseThatAreOver();
            if (wasAway) {
                LOG.info("Kafka answers again");
            }
            if (wasAway || (!problems.isEmpty() && askedAt - calledAt > CALLS_EVERY_NANOS)) {
                calledAt = askedAt;
                waiting.forEach(Runnable::run);
            }
        } else {
            failed(CLUSTER, away);
            if (!wasAway) {
                LOG.warn("Kafka can't be used now, everything else goes on: {}", KafkaFailure.told(away));
            }
        }
    }

    /**
     * All that wait are called every few seconds while the cluster answers, so that what fails still has said so again. What has
     * not is another instance's now, or has nothing to say any more.
     */
    private void forgetThoseThatAreOver() {
        problems.values().removeIf(problem -> askedAt - problem.at() > TRIED_AGAIN_WITHIN_NANOS);
    }

    private @Nullable KafkaException ask() {
        try {
            topics.ensure();
            return null;
        } catch (KafkaException away) {
            return away;
        }
    }

    @Override
    public Health health() {
        var found = Map.copyOf(problems);
        if (found.isEmpty()) {
            return asked ? Health.up().build() : Health.unknown().build();
        }
        var health = Health.down();
        found.forEach((part, problem) -> health.withDetail(part, problem.told()));
        return health.build();
    }
}
