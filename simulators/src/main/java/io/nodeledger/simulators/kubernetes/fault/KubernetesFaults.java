package io.nodeledger.simulators.kubernetes.fault;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.fault.Faults;
import io.nodeledger.simulators.kubernetes.api.ApiAnswer;
import io.nodeledger.simulators.kubernetes.api.ApiRequest;
import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.request.Filter;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets faults happen to requests. An empty list happens only to who asks for a list; other requests don't use it up. */
public final class KubernetesFaults implements Filter<ApiRequest, ApiAnswer> {
    private final Faults faults;
    private final Vertx vertx;

    public KubernetesFaults(Faults faults, Vertx vertx) {
        this.faults = faults;
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<ApiAnswer> around(
            ApiRequest request, Function<ApiRequest, CompletionStage<ApiAnswer>> next) {
        Optional<Fault> taken = faults.take(
                request.method(),
                request.path(),
                request.rawQuery(),
                kind -> kind != FaultKind.EMPTY_LIST || request.list());
        if (taken.isEmpty()) {
            return next.apply(request);
        }
        Fault fault = taken.get();
        if (fault.delay().isZero()) {
            return happen(fault, request, next);
        }
        return vertx.timer(fault.delay().toNanos(), TimeUnit.NANOSECONDS)
                .toCompletionStage()
                .thenCompose(_ -> happen(fault, request, next));
    }

    private static CompletionStage<ApiAnswer> happen(
            Fault fault, ApiRequest request, Function<ApiRequest, CompletionStage<ApiAnswer>> next) {
        return switch (fault.kind()) {
            case STATUS -> answered(ApiAnswer.refused(StatusReasons.of(fault, request)));
            case HANG -> fault.delay().isZero() ? new CompletableFuture<>() : next.apply(request);
            case LOST_REPLY -> next.apply(request).thenApply(_ -> ApiAnswer.DROPPED);
            case EMPTY_LIST -> next.apply(request.findingNothing());
            case DENIED -> answered(ApiAnswer.refused(denial(fault, request)));
            case PARTITION -> answered(ApiAnswer.DROPPED);
            case TASK_FAILURE, TASK_HANG, LOCK ->
                throw new IllegalStateException(
                        "Kubernetes knows no " + fault.kind().word());
        };
    }

    private static ApiError denial(Fault fault, ApiRequest request) {
        String reason = fault.reason();
        return reason == null ? Denial.of(request) : ApiError.of(403, "Forbidden", reason);
    }

    private static CompletionStage<ApiAnswer> answered(ApiAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
