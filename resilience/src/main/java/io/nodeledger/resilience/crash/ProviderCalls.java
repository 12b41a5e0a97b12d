package io.nodeledger.resilience.crash;

import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Target;
import io.nodeledger.simulators.request.Verdict;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The calls to providers as crash points. They are seen where they arrive, so that it makes no difference by which client
 * they were sent; a call of an instance that has crashed is never answered, and has no effect any more.
 */
public final class ProviderCalls implements Interceptor {
    private final Supplier<CrashSwitch> current;

    /**
     * The calls to one simulator.
     *
     * @param current the switch of the instance that runs now
     */
    public ProviderCalls(Supplier<CrashSwitch> current) {
        this.current = current;
    }

    @Override
    public CompletionStage<Verdict> around(SeenRequest request, Supplier<CompletionStage<Verdict>> effect) {
        var crashes = current.get();
        if (isLongLived(request)) {
            return crashes.dead() ? Verdict.DROP.now() : effect.get();
        }
        String label = label(request);
        try {
            int occurrence = crashes.about(label);
            return effect.get().thenApply(verdict -> after(crashes, label, occurrence, verdict));
        } catch (CrashSwitch.Dead dead) {
            return Verdict.DROP.now();
        }
    }

    private static Verdict after(CrashSwitch crashes, String label, int occurrence, Verdict verdict) {
        try {
            crashes.happened(label, occurrence);
            return verdict;
        } catch (CrashSwitch.Dead dead) {
            return Verdict.DROP;
        }
    }

    private static boolean isLongLived(SeenRequest request) {
        return request.target() == Target.KUBERNETES
                && request.parameters().getOrDefault("watch", "false").matches("true|1");
    }

    /** The call without what differs from run to run. */
    private static String label(SeenRequest request) {
        String path = request.path()
                .replaceAll("node-[0-9a-z]{26}", "NODE")
                .replaceAll("/nodes/pve\\d+", "/nodes/HOST")
                .replaceAll("/qemu/(?!9000)\\d+", "/qemu/ID")
                .replaceAll("UPID[^/]*", "UPID")
                .replaceAll("bootstrap-token-\\w+", "TOKEN")
                .replaceAll("/namespaces/ws-[^/]+", "/namespaces/WORKSPACE")
                .replaceAll("/pods/[^/]+", "/pods/POD");
        return "%s %s %s".formatted(request.target().name().toLowerCase(Locale.ROOT), request.method(), path);
    }
}
