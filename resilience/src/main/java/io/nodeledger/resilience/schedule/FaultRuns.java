package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.RecordedEvent;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs nodes through their lives while one of the calls to the providers goes wrong. */
public final class FaultRuns {
    private static final Set<String> BAD_ENDS = Set.of(
            "NodeProvisioningFailed",
            "PowerOperationFailed",
            "NodeUpdateFailed",
            "NodeDeletionFailed",
            "NodeNeedsAttention");
    private static final int PASSING = 2;

    private final Harness harness;

    public FaultRuns(Harness harness) {
        this.harness = harness;
    }

    /** A call that changes something at a provider. */
    public record Call(boolean proxmox, String method, String path) {
        /** The calls among the points of a recording, each once. */
        public static List<Call> of(List<CrashPoint> points) {
            return points.stream()
                    .filter(point -> point.label().matches("(proxmox|kubernetes) (POST|PUT|DELETE|PATCH) .*"))
                    .map(point -> point.label().split(" ", 3))
                    .map(words -> new Call(words[0].equals("proxmox"), words[1], words[2]))
                    .distinct()
                    .toList();
        }

        /** Whether a seed stays for ever when this call goes wrong so. */
        boolean leavesSeed(Trouble trouble) {
            return trouble == Trouble.PERMANENT && method.equals("DELETE") && path.contains(":iso/");
        }

        private String regex() {
            return path.replace("HOST", "[^/]+")
                            .replace("/ID", "/\\d+")
                            .replace("NODE", "node-[0-9a-z]+")
                            .replace("TOKEN", "bootstrap-token-[^/]+")
                            .replace("POD", "[^/]+")
                    + "$";
        }
    }

    /** How a call goes wrong. */
    public enum Trouble {
        /** Twice it is not done, for a reason that passes. */
        PASSING,
        /** Once it is done, and its answer is lost. */
        LOST_REPLY,
        /** It is refused for good. */
        PERMANENT
    }

    /**
     * Runs a node through its life with such a call going wrong.
     *
     * @return what is not as it has to be
     */
    public List<String> run(Call call, Trouble trouble) throws InterruptedException {
        Faults faults = faultsOf(harness, call);
        String id = faults.add(fault(call, trouble));
        var script = NodeScript.withEveryOperation(harness.stores());
        var found = new ArrayList<String>();
        if (call.leavesSeed(trouble)) {
            harness.expectSeedLeft(script.nodeId());
        }
        try {
            if (!harness.until(() -> script.done() || hasEndedBadly(script), () -> script.next(harness.life()))) {
                found.add("I4: %s is still %s"
                        .formatted(script.nodeId(), script.story().status()));
            }
            boolean bad = hasEndedBadly(script);
            if (bad && trouble != Trouble.PERMANENT) {
                found.add("%s did not survive it: %s".formatted(script.nodeId(), badEnds(script)));
            }
            found.addAll(harness.violationsOnceQuiet());
        } finally {
            faults.remove(id);
        }
        if (!harness.until(script::done, () -> script.next(harness.life()))) {
            found.add("I4: %s can't be deleted afterwards: %s".formatted(script.nodeId(), badEnds(script)));
        }
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }

    private boolean hasEndedBadly(NodeScript script) {
        return !badEnds(script).isEmpty() && !script.story().busy();
    }

    private List<RecordedEvent> badEnds(NodeScript script) {
        return harness.stores().stream(script.nodeId()).stream()
                .filter(event -> BAD_ENDS.contains(event.type()))
                .toList();
    }

    /** Where such a call's faults are planned. */
    static Faults faultsOf(Harness harness, Call call) {
        return call.proxmox()
                ? harness.world().proxmox().faults()
                : harness.world().kubernetes().faults();
    }

    /** The call going wrong. */
    static Fault fault(Call call, Trouble trouble) {
        Fault always = Fault.always(
                        trouble == Trouble.LOST_REPLY ? FaultKind.LOST_REPLY : FaultKind.STATUS, call.regex())
                .withMethod(call.method());
        return switch (trouble) {
            case LOST_REPLY -> always.withTimes(1);
            case PASSING ->
                call.proxmox()
                        ? always.withTimes(PASSING).withReason("got no worker upid - start worker failed")
                        : always.withTimes(PASSING).withStatus(503);
            case PERMANENT ->
                call.proxmox()
                        ? always.withStatus(400).withReason("Parameter verification failed.")
                        : always.withStatus(403).withReason("forbidden by an admission webhook");
        };
    }
}
