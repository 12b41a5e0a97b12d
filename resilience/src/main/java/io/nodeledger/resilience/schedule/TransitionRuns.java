package io.nodeledger.resilience.schedule;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import io.nodeledger.resilience.schedule.CrashRuns.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Moves a workspace to dedicated nodes and back with crashes on the way, and checks that it is wholly here or there. */
public final class TransitionRuns {
    /** What the driver does, and what it waits for: the rest of what nodes do has schedules of its own. */
    private static final Pattern OF_DRIVER =
            Pattern.compile("commit domain_event \\(.*(Transition|Nodes(Reserved|GivenBack)"
                    + "|Backup|BackedUp|Migration|Workloads|Placement|NodeProvisioning(Completed|Failed)|NodeDelet).*\\)"
                    + "|commit (running_transition|transition_workload)\\b.*"
                    + "|kubernetes .*(/namespaces(/WORKSPACE.*)?|/api/v1/pods|(GET|PUT) /api/v1/nodes(/.*)?)"
                    + "|proxmox (POST .*/vzdump|GET .*/(content|tasks).*)");

    private static final int SHOWN = 2;

    private final Harness harness;
    private final Course course;
    private final MigrationStrategy strategy;

    public TransitionRuns(Harness harness, Course course, MigrationStrategy strategy) {
        this.harness = harness;
        this.course = course;
        this.strategy = strategy;
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return new String[] {"--nodeledger.transition.polling-interval=50ms", "--nodeledger.drain.eviction-retry=200ms"
        };
    }

    /** The points that an undisturbed transition passes, in their order. */
    public List<CrashPoint> record() throws InterruptedException {
        Outcome undisturbed = run(List.of());
        if (!undisturbed.violations().isEmpty()) {
            throw new IllegalStateException("Nothing has crashed, and yet " + undisturbed.violations());
        }
        return undisturbed.passed().stream()
                .filter(TransitionRuns::isSameInEachRun)
                .toList();
    }

    /** How often something is looked at, claimed or noted depends on how long it takes. */
    private static boolean isSameInEachRun(CrashPoint point) {
        boolean varies = point.label().matches(".* GET .*|commit running_transition|commit transition_workload");
        return OF_DRIVER.matcher(point.label()).matches() && (!varies || point.occurrence() <= SHOWN);
    }

    /** Goes the course, crashing at each of the points in turn, see {@link CrashRuns#run}. */
    public Outcome run(List<CrashPoint> points) throws InterruptedException {
        var left = new ArrayDeque<>(points);
        var crashes = new ArrayList<CrashPoint>();
        Runnable keepAlive = () -> harness.life().crashed().ifPresent(point -> {
            crashes.add(point);
            harness.restart(left.poll());
        });
        try (var script = new TransitionScript(harness, course, strategy, keepAlive)) {
            script.begin();
            harness.life().crashes().arm(left.poll());
            script.go();
            // What is behind the last effect is passed after others have seen it.
            harness.until(() -> harness.life().crashed().isEmpty() && script.isOver() && hasEnded(), keepAlive);
            List<CrashPoint> passed = harness.life().crashes().passed();
            harness.life().crashes().arm(null);
            keepAlive.run();
            return new Outcome(crashes.size(), passed, script.violations());
        }
    }

    private boolean hasEnded() {
        List<CrashPoint> passed = harness.life().crashes().passed();
        return passed.isEmpty() || passed.getLast().moment() == Moment.AFTER;
    }
}
