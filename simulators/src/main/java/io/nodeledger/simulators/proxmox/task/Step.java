package io.nodeledger.simulators.proxmox.task;

import java.time.Duration;

/** One part of a task's work: it takes its time, then has its effect. The time is not yet scaled. */
public record Step(Duration takes, Effect effect) {
    /** What a step does when its time has come. */
    @FunctionalInterface
    public interface Effect {
        void happen() throws TaskFailed;
    }

    public static Step now(Effect effect) {
        return new Step(Duration.ZERO, effect);
    }

    public static Step after(Duration takes, Effect effect) {
        return new Step(takes, effect);
    }
}
