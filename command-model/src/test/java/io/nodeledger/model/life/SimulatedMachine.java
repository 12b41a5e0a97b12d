package io.nodeledger.model.life;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import java.time.Instant;
import java.util.Map;

/** The machine as its provider really has it; steps work on it, and so does whoever goes behind the platform's back. */
final class SimulatedMachine {
    private static final String HOST = "pve1";
    private int vmId = 99;
    private int boots;
    private boolean exists;
    private boolean on;

    boolean exists() {
        return exists;
    }

    boolean isOn() {
        return exists && on;
    }

    int vmId() {
        return vmId;
    }

    void pressButton() {
        on = exists && !on;
    }

    void vanish() {
        exists = false;
        on = false;
    }

    /** What the step does, and what it finds. */
    Outcome work(Step step) {
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated(HOST, ++vmId, "local");
            case CLONE -> cloned();
            case BOOT, ADDRESS, READY -> exists ? switchedOn(step) : missing();
            case SHUT_DOWN -> exists ? switchedOff() : missing();
            case HALT -> switchedOff();
            case DESTROY -> {
                vanish();
                yield new Outcome.Done(null);
            }
            case INSPECT -> new Outcome.Inspected(power());
            case CONFIGURE,
                    RESIZE,
                    JOIN,
                    CORDON,
                    DRAIN,
                    UNCORDON,
                    RELABEL,
                    REMOVE_FROM_KUBERNETES,
                    VERIFY_GONE,
                    RELEASE -> new Outcome.Done(null);
        };
    }

    /** What somebody sees who looks at it. */
    Observation seen(Instant lastSeenAt) {
        return switch (power()) {
            case ON -> new Observation.MachineOn(vmId, HOST);
            case OFF -> new Observation.MachineOff(vmId, HOST);
            case GONE -> new Observation.MachineVanished(vmId, HOST, lastSeenAt);
        };
    }

    static KubernetesFacts facts(String uid) {
        return new KubernetesFacts("n", uid, Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0");
    }

    private Outcome cloned() {
        exists = true;
        on = false;
        return new Outcome.Done(null);
    }

    private Outcome switchedOn(Step step) {
        if (step == Step.BOOT) {
            boots += on ? 0 : 1;
            on = true;
            return new Outcome.Done(null);
        }
        if (!on) {
            return new Outcome.Failed("STEP_TIMED_OUT", "The machine does not answer.");
        }
        return step == Step.ADDRESS
                ? new Outcome.Addressed("10.0.0." + boots % 250, null)
                : new Outcome.Ready(facts("uid-" + vmId));
    }

    private Outcome switchedOff() {
        on = false;
        return new Outcome.Done(null);
    }

    private MachinePower power() {
        if (!exists) {
            return MachinePower.GONE;
        }
        return on ? MachinePower.ON : MachinePower.OFF;
    }

    private static Outcome missing() {
        return new Outcome.Failed("MACHINE_VANISHED", "The machine is nowhere.");
    }
}
