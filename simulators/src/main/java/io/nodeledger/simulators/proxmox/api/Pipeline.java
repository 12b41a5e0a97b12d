package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.access.Rights;
import io.nodeledger.simulators.proxmox.access.Tokens;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.operation.Datacenter;
import io.nodeledger.simulators.proxmox.time.Timeline;
import io.nodeledger.simulators.request.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The way of every request: filter, authentication, route, parameters, endpoint. */
public final class Pipeline {
    private final Datacenter datacenter;
    private final Tokens tokens;
    private final List<Route> routes;
    private final Filter<Request, Answer> filter;

    public Pipeline(Datacenter datacenter, Tokens tokens, Filter<Request, Answer> filter) {
        this.datacenter = datacenter;
        this.tokens = tokens;
        this.routes = Routes.all();
        this.filter = filter;
    }

    /** Answers, from the cluster's own thread; an answer may come late or never. */
    public CompletionStage<Answer> answer(Request request) {
        return filter.around(request, passed -> datacenter.timeline().here(() -> authenticated(passed)));
    }

    private CompletionStage<Answer> authenticated(Request request) {
        Optional<Rights> rights = tokens.authenticate(request.authorization());
        if (rights.isPresent()) {
            return routed(request, rights.get());
        }
        CompletableFuture<Answer> late = new CompletableFuture<>();
        Timeline timeline = datacenter.timeline();
        String reason = request.authorization().isEmpty() ? "No ticket" : "invalid token value!";
        var _ = timeline.at(
                timeline.now().plus(timeline.scaled(datacenter.delays().unauthorised())),
                () -> late.complete(Answer.unauthorised(reason)));
        return late;
    }

    private CompletionStage<Answer> routed(Request request, Rights rights) {
        try {
            for (Route route : routes) {
                Optional<Map<String, String>> inPath = route.match(request.path());
                if (route.method().equals(request.method()) && inPath.isPresent()) {
                    route.verify(inPath.get(), request.parameters());
                    return route.endpoint()
                            .apply(new Call(datacenter, request, inPath.get(), rights))
                            .exceptionally(Pipeline::failure);
                }
            }
            return CompletableFuture.completedFuture(
                    Answer.error(501, "Method '" + request.method() + " " + request.path() + "' not implemented"));
        } catch (PveError e) {
            return CompletableFuture.completedFuture(Answer.error(e));
        }
    }

    private static Answer failure(Throwable problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return cause instanceof PveError error
                ? Answer.error(error)
                : Answer.error(500, String.valueOf(cause.getMessage()));
    }
}
