package io.nodeledger.simulators.proxmox.api;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Stands around every request: may answer in its place, change it, or change what was answered. */
@FunctionalInterface
public interface Interceptor {
    CompletionStage<Answer> around(Request request, Function<Request, CompletionStage<Answer>> next);
}
