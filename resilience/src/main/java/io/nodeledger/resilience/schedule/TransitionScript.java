package io.nodeledger.resilience.schedule;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.TransitionStory;
import io.nodeledger.resilience.schedule.Harness.Condition;
import io.nodeledger.resilience.world.MovingTenant;
import io.nodeledger.resilience.world.TenantApps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workspace with real workloads moves to two nodes of its own, or away from them. A caller without an answer looks and
 * asks again.
 */
final class TransitionScript implements AutoCloseable {
    private static final int LONGEST = 20;

    private final Harness harness;
    private final Course course;
    private final Runnable keepAlive;
    private final MovingTenant tenant;
    private final TenantApps apps;
    private final String there = Ids.transition();
    private final String back = Ids.transition();
    private final List<String> nodes = List.of(Ids.node(), Ids.node());
    private final List<String> found = new ArrayList<>();
    private @Nullable RuntimeException refusal;

    /**
     * Makes the workspace and its namespace.
     *
     * @param keepAlive is done again and again, to bury an instance that has crashed and start another one
     */
    TransitionScript(Harness harness, Course course, MigrationStrategy strategy, Runnable keepAlive) {
        this.harness = harness;
        this.course = course;
        this.keepAlive = keepAlive;
        String name = "ws-" + there.substring(there.length() - LONGEST);
        this.tenant = new MovingTenant(name, strategy, harness.world().clock());
        try {
            this.apps = TenantApps.start(harness.world(), name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Comes to where the course begins. */
    void begin() throws InterruptedException {
        harness.life().send(tenant.put());
        harness.life().send(tenant.grant());
        until("the workloads run", () -> apps.pods().areWhole(), () -> {});
        if (course.beginsOnDedicated()) {
            move(there, tenant.toDedicated(there, nodes), () -> {});
        }
    }

    /** Goes the course. */
    void go() throws InterruptedException {
        switch (course) {
            case THERE -> move(there, tenant.toDedicated(there, nodes), () -> {});
            case BACK -> move(back, tenant.toShared(back), () -> {});
            case THERE_FAILING -> {
                try (var failing = new FailingMachine(harness.world(), harness.stores(), nodes.getLast())) {
                    move(there, tenant.toDedicated(there, nodes), failing::look);
                }
            }
            case THERE_CANCELLED -> cancelHalfWay(there, tenant.toDedicated(there, nodes));
            case BACK_CANCELLED -> cancelHalfWay(back, tenant.toShared(back));
        }
    }

    private void cancelHalfWay(String transition, Object command) throws InterruptedException {
        try (var held = new HeldMove(harness.world())) {
            move(transition, command, () -> {
                if (!held.isHalfWay()) {
                    return;
                }
                if (story(transition).has("TransitionTurnedBack")) {
                    held.release();
                } else {
                    send(tenant.cancel(transition));
                }
            });
        }
    }

    /** Asks for a transition until there is one, and waits for its end. */
    private void move(String transition, Object command, Runnable meanwhile) throws InterruptedException {
        until(transition + " ends", () -> !story(transition).end().isEmpty(), () -> {
            if (!story(transition).begun()) {
                send(command);
            }
            meanwhile.run();
        });
    }

    /** Whether there is nothing left to do for transitions. */
    boolean isOver() {
        return harness.stores().rows("running_transition") == 0;
    }

    /** Nothing crashes any more: looks at what came of it, uses what there is, gives it up and looks again. */
    List<String> violations() throws InterruptedException {
        String transition = course.beginsOnDedicated() ? back : there;
        check(transition, course.end(), course.endsOnDedicated());
        if (course.endsOnDedicated()) {
            for (String node : nodes) {
                use(node);
            }
            String last = Ids.transition();
            move(last, tenant.toShared(last), () -> {});
            check(last, "completed", false);
        }
        return found;
    }

    private void check(String transition, String end, boolean dedicated) throws InterruptedException {
        until(
                "every pod is ready where it belongs: on " + (dedicated ? nodes : "shared nodes"),
                () -> apps.pods().areWhole() && (dedicated ? isThere() : isAway()),
                () -> {});
        if (!found.isEmpty()) {
            found.addAll(apps.pods().violations());
            return;
        }
        var look = new TransitionLook(harness, tenant.workspace(), apps);
        found.addAll(harness.violationsOnceQuiet());
        found.addAll(look.violations(transition, end, dedicated, nodes));
    }

    private boolean isThere() {
        return nodes.stream()
                .map(TransitionScript::inKubernetes)
                .toList()
                .containsAll(apps.pods().places());
    }

    private boolean isAway() {
        return nodes.stream()
                .map(TransitionScript::inKubernetes)
                .noneMatch(apps.pods().places()::contains);
    }

    private static String inKubernetes(String nodeId) {
        return nodeId + "-k8s";
    }

    /** The nodes are their users' again. */
    private void use(String node) throws InterruptedException {
        until(
                node + " was relabelled",
                () -> harness.stores().stream(node).stream()
                        .anyMatch(event -> event.type().equals("NodeUpdated")),
                () -> {
                    if (!NodeStory.of(node, harness.stores().stream(node)).busy()) {
                        send(tenant.relabel(node));
                    }
                });
    }

    private TransitionStory story(String transition) {
        return TransitionStory.of(transition, harness.stores().stream(transition));
    }

    private void send(Object command) {
        try {
            harness.life().send(command);
            refusal = null;
        } catch (RuntimeException failed) {
            refusal = failed;
        }
    }

    private void until(String what, Condition condition, Runnable ask) throws InterruptedException {
        boolean came = found.isEmpty()
                && harness.until(condition, () -> {
                    keepAlive.run();
                    ask.run();
                });
        if (!came && found.isEmpty()) {
            found.add("I4: It never comes true that %s%s; pods: %s"
                    .formatted(what, refusal == null ? "" : ", last " + refusal, apps.pods()));
        }
    }

    /** Ends the workloads. */
    @Override
    public void close() {
        apps.close();
    }
}
