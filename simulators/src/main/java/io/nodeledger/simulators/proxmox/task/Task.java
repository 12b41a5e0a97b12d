package io.nodeledger.simulators.proxmox.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker process of a host: running until it has an exit status. */
public final class Task {
    private final Upid upid;
    private final Map<String, String> arguments;
    private final @Nullable TaskFault fault;
    private final List<String> log;
    private @Nullable Instant working;
    private int stepsDone;
    private @Nullable Instant ended;
    private @Nullable String exitStatus;

    Task(Upid upid, Map<String, String> arguments, @Nullable TaskFault fault) {
        this(new State(upid, arguments, fault, List.of(), null, 0, null, null));
    }

    Task(State state) {
        this.upid = state.upid();
        this.arguments = Map.copyOf(state.arguments());
        this.fault = state.fault();
        this.log = new ArrayList<>(state.log());
        this.working = state.working();
        this.stepsDone = state.stepsDone();
        this.ended = state.ended();
        this.exitStatus = state.exitStatus();
    }

    public Upid upid() {
        return upid;
    }

    /** An argument that the work cannot do without. */
    public String argument(String name) {
        String value = arguments.get(name);
        if (value == null) {
            throw new IllegalStateException(upid + " has no " + name);
        }
        return value;
    }

    public Map<String, String> arguments() {
        return arguments;
    }

    public int vmId() {
        return Integer.parseInt(argument("vmid"));
    }

    public boolean running() {
        return exitStatus == null;
    }

    public @Nullable String exitStatus() {
        return exitStatus;
    }

    public @Nullable Instant ended() {
        return ended;
    }

    public List<String> log() {
        return List.copyOf(log);
    }

    public void log(String line) {
        log.add(line);
    }

    /** When it got its locks and began to work. */
    public Instant began() {
        return working == null ? Instant.ofEpochSecond(upid.startTime()) : working;
    }

    @Nullable
    TaskFault fault() {
        return fault;
    }

    Instant workingSince(Instant now) {
        if (working == null) {
            working = now;
        }
        return working;
    }

    boolean startedWorking() {
        return working != null;
    }

    int stepsDone() {
        return stepsDone;
    }

    void stepDone() {
        stepsDone++;
    }

    void end(Instant when, String status) {
        ended = when;
        exitStatus = status;
        log.add(status.equals("OK") ? "TASK OK" : "TASK ERROR: " + status);
    }

    State state() {
        return new State(upid, arguments, fault, List.copyOf(log), working, stepsDone, ended, exitStatus);
    }

    /** What is kept of a task. */
    record State(
            Upid upid,
            Map<String, String> arguments,
            @Nullable TaskFault fault,
            List<String> log,
            @Nullable Instant working,
            int stepsDone,
            @Nullable Instant ended,
            @Nullable String exitStatus) {}
}
