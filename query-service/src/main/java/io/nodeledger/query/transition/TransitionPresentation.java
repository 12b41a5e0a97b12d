package io.nodeledger.query.transition;

import io.nodeledger.base.web.Money;
import io.nodeledger.base.web.ProseDuration;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.query.transition.TransitionView.Backup;
import io.nodeledger.query.transition.TransitionView.CostImpact;
import io.nodeledger.query.transition.TransitionView.Failure;
import io.nodeledger.query.transition.TransitionView.NewNode;
import io.nodeledger.query.transition.TransitionView.Node;
import io.nodeledger.query.transition.TransitionView.WaitingFor;
import io.nodeledger.query.transition.TransitionView.Window;
import io.nodeledger.query.transition.TransitionView.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows transitions: what they say of themselves, with their nodes as these are now. */
final class TransitionPresentation {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(720);
    private static final String CURRENCY = "USD";

    private TransitionPresentation() {}

    /**
     * A node with what the log knows of it.
     *
     * @param known null where that is not read yet
     */
    record Placed(Member member, @Nullable NodeRecord known) {
        Node shown() {
            var node = member.node();
            var volume = member.volumeId();
            return new Node(
                    member.nodeId(),
                    node != null
                            ? node.name()
                            : known == null ? null : known.origin().name(),
                    plan(),
                    node != null
                            ? node.region()
                            : known == null ? null : known.origin().region(),
                    member.progress().word(),
                    known == null ? null : known.state().status().word(),
                    volume == null ? null : new Backup(volume, member.bytes()));
        }

        @Nullable
        String plan() {
            var node = member.node();
            if (node != null) {
                return node.planId();
            }
            return known == null ? null : known.origin().terms().planId();
        }

        /** USD per hour while it runs. */
        BigDecimal rate() {
            var node = member.node();
            if (node != null) {
                return node.hourlyRate();
            }
            return known == null ? BigDecimal.ZERO : known.origin().terms().hourlyRate();
        }
    }

    /** @param workloads null to show none */
    static TransitionView view(
            TransitionRow row, List<Placed> nodes, Estimate estimate, @Nullable List<Workload> workloads) {
        var transition = row.transition();
        var plan = transition.plan();
        var times = transition.times();
        var window = transition.window();
        var moved = transition.moved();
        boolean shared = !transition.toDedicated();
        boolean undone = transition.failure() != null && transition.ended() == null;
        return new TransitionView(
                plan.id(),
                plan.target().word(),
                transition.status().word(),
                transition.stage().map(stage -> stage.word()).orElse(null),
                plan.strategy().word(),
                times.createdAt(),
                times.startedAt(),
                times.switchedAt(),
                times.endedAt(),
                transition.pausedUntil(),
                window == null ? null : new Window(window.start(), window.end()),
                shared ? plan.backup() : null,
                shared ? (window == null ? times.createdAt() : window.start()) : null,
                shared ? ProseDuration.of(Duration.ofSeconds(estimate.seconds())) : null,
                shared ? estimate.seconds() : null,
                estimate.completion(),
                transition.failure() == null ? costImpact(row, nodes, estimate) : null,
                shared ? null : nodes.stream().map(TransitionPresentation::made).toList(),
                nodes.stream().map(Placed::shown).toList(),
                workloads,
                moved == null ? List.of() : moved.unmanaged(),
                waitingFor(transition),
                undone ? true : null,
                failure(transition));
    }

    private static NewNode made(Placed node) {
        NodeRecord known = node.known();
        NodeStatus status =
                known == null ? NodeStatus.PROVISIONING : known.state().status();
        String plan = node.plan();
        return new NewNode(node.member().nodeId(), plan == null ? "" : plan, status.word());
    }

    private static CostImpact costImpact(TransitionRow row, List<Placed> nodes, Estimate estimate) {
        var transition = row.transition();
        BigDecimal rates = nodes.stream().map(Placed::rate).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal month = Money.shown(rates.multiply(HOURS_OF_A_MONTH));
        boolean dedicated = transition.toDedicated();
        return new CostImpact(
                dedicated ? month : null,
                dedicated ? null : month,
                dedicated ? readyAt(row, estimate) : goneAt(row, estimate),
                CURRENCY);
    }

    /** Nodes are paid for from when they are ready, before any workload runs on them. */
    private static Instant readyAt(TransitionRow row, Estimate estimate) {
        Instant ready = row.nodesReadyAt();
        return ready == null ? estimate.ready() : ready;
    }

    /** Nodes are paid for until they are gone; without any the switch is what counts. */
    private static Instant goneAt(TransitionRow row, Estimate estimate) {
        Instant switched = row.transition().times().switchedAt();
        Instant gone = row.transition().members().isEmpty() ? switched : row.nodesGoneAt();
        return switched == null || gone == null ? estimate.end() : gone;
    }

    private static @Nullable WaitingFor waitingFor(TransitionRecord transition) {
        var reason = transition.reason();
        return reason == null || transition.ended() != null
                ? null
                : new WaitingFor(reason.stage().word(), reason.text(), reason.attention());
    }

    private static @Nullable Failure failure(TransitionRecord transition) {
        var failure = transition.failure();
        return failure == null ? null : new Failure(failure.at().word(), failure.code(), failure.reason());
    }
}
