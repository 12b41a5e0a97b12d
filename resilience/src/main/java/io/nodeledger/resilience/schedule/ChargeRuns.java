package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import io.nodeledger.resilience.schedule.CrashRuns.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Charges workspaces for some days with crashes on the way, and stops what is not paid for; checks that every cent is where it
 * belongs.
 */
public final class ChargeRuns {
    private static final List<String> OF_EACH_CHARGE =
            List.of("command ChargeWorkspace", "commit domain_event (WorkspaceCharged)", "commit charged_workspace");

    private final Harness harness;
    private final DutyTurn turn;

    public ChargeRuns(Harness harness) {
        this.harness = harness;
        this.turn = DutyTurn.charging(harness.world().database());
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return Stream.concat(
                        Stream.of(ReplayRuns.settings()),
                        Stream.of(
                                "--nodeledger.credits.check-interval=100ms",
                                "--nodeledger.credits.grace=24h",
                                "--nodeledger.credits.after-grace=stop"))
                .toArray(String[]::new);
    }

    /** A point that one of the first so many charges passes. */
    public static CrashPoint pointOf(int charges, Random random) {
        return new CrashPoint(
                OF_EACH_CHARGE.get(random.nextInt(OF_EACH_CHARGE.size())),
                1 + random.nextInt(charges),
                random.nextBoolean() ? Moment.BEFORE : Moment.AFTER);
    }

    /** The points that charging passes, in their order. */
    public List<CrashPoint> record() throws InterruptedException {
        Outcome undisturbed = run(List.of());
        if (!undisturbed.violations().isEmpty()) {
            throw new IllegalStateException("Nothing has crashed, and yet " + undisturbed.violations());
        }
        return undisturbed.passed().stream().filter(ChargeRuns::isSameInEachRun).toList();
    }

    /** How often a stop is asked for depends on how long it takes until it is seen that it has begun. */
    private static boolean isSameInEachRun(CrashPoint point) {
        return !point.label().contains("ConfirmOverdue") || point.occurrence() == 1;
    }

    /** Lets some days pass, crashing at each of the points in turn, see {@link CrashRuns#run}. */
    public Outcome run(List<CrashPoint> points) throws InterruptedException {
        var left = new ArrayDeque<>(points);
        var crashes = new ArrayList<CrashPoint>();
        Runnable keepAlive = () -> harness.life().crashed().ifPresent(point -> {
            crashes.add(point);
            harness.restart(left.poll());
            turn.end();
        });
        var script = new ChargeScript(harness, keepAlive);
        script.begin();
        harness.life().crashes().arm(left.poll());
        script.live();
        // What is behind the last effect is passed after others have seen it.
        boolean over = harness.until(() -> hasEnded(passed()), () -> {});
        List<CrashPoint> passed = passed();
        harness.life().crashes().arm(null);
        keepAlive.run();
        List<String> violations = script.violations();
        if (!over) {
            violations.add("Charging does not end: " + passed);
        }
        return new Outcome(crashes.size(), passed, violations);
    }

    /** The points of charging that the instance has passed that lives now. */
    private List<CrashPoint> passed() {
        return harness.life().crashes().passed().stream()
                .filter(ChargeRuns::isOfCharging)
                .toList();
    }

    private static boolean hasEnded(List<CrashPoint> passed) {
        return passed.isEmpty() || passed.getLast().moment() == Moment.AFTER;
    }

    private static boolean isOfCharging(CrashPoint point) {
        return point.label()
                .matches("command .*|.*\\b(WorkspaceCharged|PowerOperationStarted)\\b.*|commit charged_workspace.*");
    }
}
