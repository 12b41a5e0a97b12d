package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.world.Tenant.DEAREST_WHEN_STOPPED;
import static io.nodeledger.resilience.world.Tenant.DEAR_WHEN_STOPPED;
import static io.nodeledger.resilience.world.Tenant.PLAIN;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.resilience.check.ChargeStory;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.resilience.check.RecordedEvent;
import io.nodeledger.resilience.check.UnpaidStory;
import io.nodeledger.resilience.check.WorkspaceStory;
import io.nodeledger.resilience.schedule.Harness.Condition;
import io.nodeledger.resilience.world.Tenant;
import io.nodeledger.resilience.world.WorldClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Some days of four workspaces: one that can pay, one that can't, one that pays late and one whose node is stopped for that.
 * A stop is recorded after its day was charged, a machine turns out to have been gone for days, a day is missed. The same days
 * of every world are alike.
 */
final class ChargeScript {
    private static final Duration LONG_AGO = Duration.ofDays(1000);
    private static final Duration OPENING = Duration.ofHours(10);
    private static final Duration CHARGED_AFTER = Duration.ofMinutes(11);
    private static final Duration LATE = Duration.ofMinutes(30);

    private final Harness harness;
    private final Runnable keepAlive;
    private final WorldClock clock;
    private final Tenant rich;
    private final Tenant poor;
    private final Tenant slow;
    private final Tenant overdue;
    private final List<Tenant> tenants;
    private final Map<String, Tenant> nodes = new LinkedHashMap<>();
    private final Map<String, PlanTerms> terms = new HashMap<>();
    private final List<String> dear;
    private final String unpaid;
    private final String leaving;
    private final String vanishing;
    private final List<String> found = new ArrayList<>();
    private LocalDate today;
    private @Nullable RuntimeException refusal;

    /**
     * Days that come after all that have been in the world.
     *
     * @param keepAlive is done again and again, to bury an instance that has crashed and start another one
     */
    ChargeScript(Harness harness, Runnable keepAlive) {
        this.harness = harness;
        this.keepAlive = keepAlive;
        this.clock = harness.world().clock();
        this.rich = new Tenant("ws-rich", clock);
        this.poor = new Tenant("ws-poor", clock);
        this.slow = new Tenant("ws-slow", clock);
        this.overdue = new Tenant("ws-overdue", clock);
        this.tenants = List.of(rich, poor, slow, overdue);
        this.leaving = node(rich, PLAIN);
        this.vanishing = node(rich, PLAIN);
        this.unpaid = node(overdue, DEAR_WHEN_STOPPED);
        this.dear = List.of(
                node(poor, DEAR_WHEN_STOPPED),
                node(poor, DEAR_WHEN_STOPPED),
                node(slow, DEAR_WHEN_STOPPED),
                node(overdue, DEAREST_WHEN_STOPPED));
        this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private String node(Tenant tenant, PlanTerms plan) {
        String id = Ids.node();
        nodes.put(id, tenant);
        terms.put(id, plan);
        return id;
    }

    /** Makes the nodes of a new day, and credits that are as many at the beginning of each script. */
    void begin() throws InterruptedException {
        today = clock.isMoved() ? today.plusDays(1) : today.minusDays(LONG_AGO.toDays());
        clock.moveTo(start(today).plus(OPENING));
        tenants.forEach(tenant -> harness.life().send(tenant.put()));
        credit(rich, "1000.00");
        credit(poor, "107.00");
        credit(slow, "54.00");
        credit(overdue, "88.00");
        all(nodes.keySet(), "running", (id, tenant) -> {
            if (harness.stores().stream(id).isEmpty()) {
                send(tenant.provision(id, Objects.requireNonNull(terms.get(id))));
            }
        });
        all(dear, "stopped", this::stop);
    }

    /** Lets the days pass. */
    void live() throws InterruptedException {
        charge(1);
        stopLate();
        charge(1);
        credit(poor, "5.00");
        charge(2);
        until(unpaid + " is stopped", () -> story(unpaid).status().equals("stopped"), () -> {});
        credit(overdue, "10.00");
        credit(slow, "30.00");
        loseMachine();
        charge(1);
        all(nodes.keySet(), "deleted", (id, tenant) -> send(tenant.delete(id)));
        charge(1);
    }

    /** Lets days pass in which nothing happens but that they are charged, one after the other when they are over. */
    void charge(int days) throws InterruptedException {
        pass(days);
        List<String> workspaces = tenants.stream().map(Tenant::workspace).toList();
        LocalDate last = today.minusDays(1);
        until(
                "all are charged for " + last,
                () -> harness.stores().chargedThrough(last, workspaces) == workspaces.size(),
                () -> {});
    }

    /** Lets days pass, and waits for nothing. */
    void pass(int days) {
        today = today.plusDays(days);
        clock.moveTo(start(today).plus(CHARGED_AFTER));
    }

    /** What is not as it has to be once nothing is under way. */
    List<String> violations() throws InterruptedException {
        if (found.isEmpty()) {
            found.addAll(harness.violationsOnceQuiet());
            List<RecordedEvent> log = harness.stores().log();
            found.addAll(ChargeStory.violations(log, today.minusDays(1)));
            found.addAll(UnpaidStory.violations(log, unpaid, overdue.workspace()));
        }
        return found;
    }

    /** Gives a workspace what is missing to so much, once what it owes is paid. */
    private void credit(Tenant tenant, String usd) throws InterruptedException {
        String reason = "for " + today;
        until(
                tenant.workspace() + " has credits " + reason,
                () -> harness.stores().stream(stream(tenant)).stream()
                        .anyMatch(event -> event.text("reason").equals(reason)),
                () -> {
                    var story = WorkspaceStory.of(stream(tenant), harness.stores().stream(stream(tenant)));
                    BigDecimal missing = new BigDecimal(usd).add(story.owed()).subtract(story.available());
                    send(tenant.grant(missing, reason));
                });
    }

    /** Stops a node, once, by a clock that is behind, so that its stop is known only after its day was charged. */
    void stopLate() throws InterruptedException {
        clock.moveTo(start(today).minus(LATE));
        all(List.of(leaving), "stopped", this::stop);
        clock.moveTo(start(today).plus(LATE));
    }

    private void stop(String id, Tenant tenant) {
        if (story(id).status().equals("running")) {
            send(tenant.stop(id));
        }
    }

    /** It is noticed only now that a machine was last seen on a day that was charged. */
    private void loseMachine() throws InterruptedException {
        Machine machine = harness.machines().stream()
                .filter(each -> each.name().equals(vanishing))
                .findFirst()
                .orElseThrow();
        harness.world().proxmox().vanish(machine.vmId());
        all(List.of(vanishing), "error", (id, tenant) -> {
            long last = harness.stores().stream(id).getLast().sequence();
            send(tenant.vanished(
                    id,
                    last,
                    machine.vmId(),
                    machine.host(),
                    start(today.minusDays(2)).plus(OPENING)));
        });
    }

    /** Asks for each node that is not in the status yet and in nothing else, until all are. */
    private void all(Collection<String> ids, String status, BiConsumer<String, Tenant> ask)
            throws InterruptedException {
        until(
                ids + " are " + status,
                () -> ids.stream().allMatch(id -> story(id).status().equals(status)),
                () -> nodes.forEach((id, tenant) -> {
                    NodeStory story = story(id);
                    if (ids.contains(id) && !story.busy() && !story.status().equals(status)) {
                        ask.accept(id, tenant);
                    }
                }));
    }

    /** A caller without an answer looks and asks again. */
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
            found.add("It never comes true that " + what + (refusal == null ? "" : "; last: " + refusal));
        }
    }

    private NodeStory story(String id) {
        return NodeStory.of(id, harness.stores().stream(id));
    }

    private static String stream(Tenant tenant) {
        return "workspace:" + tenant.workspace();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
