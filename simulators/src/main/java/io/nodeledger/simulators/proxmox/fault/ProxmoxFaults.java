package io.nodeledger.simulators.proxmox.fault;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.fault.Faults;
import io.nodeledger.simulators.proxmox.api.Answer;
import io.nodeledger.simulators.proxmox.api.Request;
import io.nodeledger.simulators.proxmox.task.TaskFault;
import io.nodeledger.simulators.proxmox.time.Timeline;
import io.nodeledger.simulators.request.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets faults happen where Proxmox VE would show them: to the request, to the task that it starts, or to the list that
 * it is answered with. Only what is really there uses a fault up.
 */
public final class ProxmoxFaults implements Filter<Request, Answer> {
    private final Faults faults;
    private final Timeline timeline;
    private final Duration unauthorised;

    /** @param unauthorised how late a 401 comes, before scaling */
    public ProxmoxFaults(Faults faults, Timeline timeline, Duration unauthorised) {
        this.faults = faults;
        this.timeline = timeline;
        this.unauthorised = unauthorised;
    }

    @Override
    public CompletionStage<Answer> around(Request request, Function<Request, CompletionStage<Answer>> next) {
        Request watched = request.withTaskFault(() -> ofTask(request));
        Optional<Fault> fault = take(request, kind -> ofRequest(kind, request));
        return fault.isPresent()
                ? after(fault.get().delay(), () -> happen(fault.get(), watched, next))
                : next.apply(watched).thenCompose(answer -> ofAnswer(request, answer));
    }

    private static boolean ofRequest(FaultKind kind, Request request) {
        return switch (kind) {
            case STATUS, HANG, LOST_REPLY, DENIED, PARTITION -> true;
            case LOCK -> LockSigns.inTheAnswer(request);
            case TASK_FAILURE, TASK_HANG, EMPTY_LIST -> false;
        };
    }

    private CompletionStage<Answer> happen(
            Fault fault, Request request, Function<Request, CompletionStage<Answer>> next) {
        return switch (fault.kind()) {
            case STATUS -> status(fault);
            case HANG -> fault.delay().isZero() ? new CompletableFuture<>() : next.apply(request);
            case LOST_REPLY -> next.apply(request).thenApply(_ -> Answer.LOST);
            case LOCK -> answered(Answer.error(500, fault.reasonOr(LockSigns.text(request))));
            case DENIED -> answered(Answer.error(403, fault.reasonOr("Permission check failed")));
            case PARTITION -> answered(Answer.error(595, fault.reasonOr("No route to host")));
            case TASK_FAILURE, TASK_HANG, EMPTY_LIST -> next.apply(request);
        };
    }

    private CompletionStage<Answer> status(Fault fault) {
        return switch (fault.status()) {
            case 401 ->
                after(
                        timeline.scaled(unauthorised),
                        () -> answered(Answer.unauthorised(fault.reasonOr("invalid token value!"))));
            case 500 -> answered(Answer.error(500, fault.reasonOr("got no worker upid")));
            case 595 -> answered(Answer.error(595, fault.reasonOr("No route to host")));
            case 596 -> answered(Answer.error(596, fault.reasonOr("Connection timed out")));
            default -> answered(Answer.error(fault.status(), fault.reasonOr("Error " + fault.status())));
        };
    }

    /** How the task that a request starts is to go wrong, asked for when it starts. */
    private Optional<TaskFault> ofTask(Request request) {
        return take(request, kind -> switch (kind) {
                    case TASK_FAILURE, TASK_HANG -> true;
                    case LOCK -> !LockSigns.inTheAnswer(request);
                    case STATUS, HANG, LOST_REPLY, EMPTY_LIST, DENIED, PARTITION -> false;
                })
                .map(fault -> switch (fault.kind()) {
                    case TASK_HANG ->
                        fault.delay().isZero() ? TaskFault.standstill() : TaskFault.standstill(fault.delay());
                    case LOCK -> TaskFault.failure(fault.delay(), fault.reasonOr(LockSigns.text(request)));
                    default -> TaskFault.failure(fault.delay(), fault.reasonOr("command failed: exit code 1"));
                });
    }

    private CompletionStage<Answer> ofAnswer(Request request, Answer answer) {
        boolean list = request.method().equals("GET") && answer.data() instanceof List<?>;
        return (list ? take(request, FaultKind.EMPTY_LIST::equals) : Optional.<Fault>empty())
                .map(fault -> after(fault.delay(), () -> answered(Answer.data(List.of()))))
                .orElseGet(() -> answered(answer));
    }

    private Optional<Fault> take(Request request, Predicate<FaultKind> kinds) {
        return faults.take(request.method(), request.path(), null, kinds);
    }

    private CompletionStage<Answer> after(Duration delay, Supplier<CompletionStage<Answer>> work) {
        if (delay.isZero()) {
            return work.get();
        }
        CompletableFuture<Answer> late = new CompletableFuture<>();
        var _ = timeline.at(
                timeline.now().plus(delay),
                () -> work.get().whenComplete((answer, problem) -> {
                    if (problem == null) {
                        late.complete(answer);
                    } else {
                        late.completeExceptionally(problem);
                    }
                }));
        return late;
    }

    private static CompletionStage<Answer> answered(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
