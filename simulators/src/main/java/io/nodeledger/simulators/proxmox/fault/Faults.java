package io.nodeledger.simulators.proxmox.fault;

import io.nodeledger.simulators.proxmox.api.Answer;
import io.nodeledger.simulators.proxmox.api.Interceptor;
import io.nodeledger.simulators.proxmox.api.Request;
import io.nodeledger.simulators.proxmox.task.TaskFault;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The failures to come, and their work on requests. The first one that concerns a request happens to it. */
public final class Faults implements Interceptor {
    private final Timeline timeline;
    private final Map<String, Planned> planned = new LinkedHashMap<>();

    public Faults(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Answers the id it can be removed by. */
    public synchronized String add(Fault fault) {
        String id = UUID.randomUUID().toString();
        planned.put(id, new Planned(fault, fault.times()));
        return id;
    }

    public synchronized Map<String, Fault> all() {
        Map<String, Fault> all = new LinkedHashMap<>();
        planned.forEach((id, plan) -> all.put(id, plan.fault));
        return all;
    }

    /** False when there is no such fault any more. */
    public synchronized boolean remove(String id) {
        return planned.remove(id) != null;
    }

    public synchronized void clear() {
        planned.clear();
    }

    @Override
    public CompletionStage<Answer> around(Request request, Function<Request, CompletionStage<Answer>> next) {
        Optional<Fault> fault = take(request);
        if (fault.isEmpty()) {
            return next.apply(request);
        }
        Duration delay = fault.get().delay();
        if (delay.isZero()) {
            return happen(fault.get(), request, next);
        }
        CompletableFuture<Answer> late = new CompletableFuture<>();
        var _ = timeline.at(
                timeline.now().plus(delay),
                () -> happen(fault.get(), request, next).thenAccept(late::complete));
        return late;
    }

    private static CompletionStage<Answer> happen(
            Fault fault, Request request, Function<Request, CompletionStage<Answer>> next) {
        return switch (fault.kind()) {
            case STATUS -> answered(Answer.error(fault.status(), fault.reasonOr("got no worker upid")));
            case HANG -> new CompletableFuture<>();
            case LOST_REPLY -> next.apply(request).thenApply(answer -> Answer.lost());
            case TASK_FAILURE ->
                next.apply(request.withTaskFault(new TaskFault(false, fault.reasonOr("command failed: exit code 1"))));
            case TASK_HANG -> next.apply(request.withTaskFault(new TaskFault(true, "")));
            case LOCK -> answered(Answer.error(500, fault.reasonOr("can't lock file - got timeout")));
            case EMPTY_LIST -> answered(Answer.data(List.of()));
            case DENIED -> answered(Answer.error(403, fault.reasonOr("Permission check failed")));
            case PARTITION -> answered(Answer.error(595, fault.reasonOr("No route to host")));
        };
    }

    private static CompletionStage<Answer> answered(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private synchronized Optional<Fault> take(Request request) {
        Optional<Planned> found = planned.values().stream()
                .filter(plan -> plan.fault.concerns(request.method(), request.path()))
                .findFirst();
        found.filter(plan -> plan.fault.times() > 0 && --plan.left == 0).ifPresent(planned.values()::remove);
        return found.map(plan -> plan.fault);
    }

    private static final class Planned {
        private final Fault fault;
        private int left;

        Planned(Fault fault, int left) {
            this.fault = fault;
            this.left = left;
        }
    }
}
