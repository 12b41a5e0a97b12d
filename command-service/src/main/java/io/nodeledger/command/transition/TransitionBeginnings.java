package io.nodeledger.command.transition;

import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.command.capacity.CapacityView;
import io.nodeledger.command.lifecycle.Estimates;
import io.nodeledger.command.provisioning.AgreedTerms;
import io.nodeledger.command.stock.HeldPlace;
import io.nodeledger.command.stock.Stock;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.WishedNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the commands with which transitions begin. */
public final class TransitionBeginnings {
    private final CapacityView capacity;
    private final Stock stock;
    private final Estimates estimates;
    private final Clock clock;

    public TransitionBeginnings(CapacityView capacity, Stock stock, Estimates estimates, Clock clock) {
        this.capacity = capacity;
        this.stock = stock;
        this.estimates = estimates;
        this.clock = clock;
    }

    /** Places in the stock are held, one for each node, until the model has decided. */
    TransitionAnswer dedicated(
            String workspaceId, DedicatedBody.Wish wish, CommandDispatch.Sending<TransitionAnswer> sending) {
        var places = new ArrayList<HeldPlace>();
        try {
            for (int i = 0; i < wish.count(); i++) {
                places.add(stock.hold(wish.plan(), wish.region()));
            }
            TransitionAnswer answer = sending.send(command(workspaceId, wish, places));
            if (answer instanceof TransitionAnswer.Accepted(var transition, long _)) {
                String region = Objects.requireNonNull(transition.plan().region());
                List<Member> members = transition.members();
                for (int i = 0; i < members.size(); i++) {
                    places.get(i).take(members.get(i).nodeId(), region);
                }
            }
            return answer;
        } finally {
            places.forEach(HeldPlace::close);
        }
    }

    private BeginDedicatedTransition command(String workspaceId, DedicatedBody.Wish wish, List<HeldPlace> places) {
        NodePlan plan = wish.plan();
        Instant now = now();
        String transitionId = Ids.transition();
        return new BeginDedicatedTransition(
                workspaceId,
                transitionId,
                wish.strategy(),
                wish.region(),
                AgreedTerms.of(plan, now),
                plan.regions(),
                shortages(plan, wish.count(), places),
                wish.labels(),
                nodes(transitionId, wish.count()),
                estimates.transitions(),
                now);
    }

    /** Names that nobody has: the end of the transition's id is random. */
    private static List<WishedNode> nodes(String transitionId, int count) {
        String prefix = "dedicated-" + transitionId.substring(transitionId.length() - 8) + "-";
        var nodes = new ArrayList<WishedNode>();
        for (int number = 1; number <= count; number++) {
            nodes.add(new WishedNode(Ids.node(), Ids.task(), prefix + number));
        }
        return nodes;
    }

    private Map<String, Instant> shortages(NodePlan plan, int count, List<HeldPlace> places) {
        var shortages = new HashMap<>(capacity.shortages(plan, count));
        for (HeldPlace place : places) {
            place.usedUp()
                    .forEach((region, again) ->
                            shortages.merge(region, again, (one, other) -> one.isAfter(other) ? one : other));
        }
        return Map.copyOf(shortages);
    }

    ScheduleSharedTransition shared(String workspaceId, SharedBody.Wish wish) {
        return new ScheduleSharedTransition(
                workspaceId,
                Ids.transition(),
                wish.strategy(),
                wish.window(),
                wish.backup(),
                estimates.transitions(),
                now());
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
