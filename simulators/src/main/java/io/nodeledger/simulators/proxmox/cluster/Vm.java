package io.nodeledger.simulators.proxmox.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One virtual machine or template: its configuration, its volumes and, while it runs, its process. */
public final class Vm {
    private static final int REMEMBERED_RUNS = 50;

    private final int id;
    private String host;
    private final VmConfig config;
    private final TreeMap<String, Long> volumes;
    private final Instant created;
    private final List<Run> pastRuns;
    private @Nullable Running running;
    private @Nullable String pool;
    private boolean haManaged;
    private boolean restartPending;
    private final Lagging<Reported> reported;

    Vm(State state, Duration statusLag) {
        this.id = state.id();
        this.host = state.host();
        this.config = new VmConfig(state.config());
        this.volumes = new TreeMap<>(state.volumes());
        this.created = state.created();
        this.pastRuns = new ArrayList<>(state.pastRuns());
        this.running = state.running();
        this.pool = state.pool();
        this.haManaged = state.haManaged();
        this.restartPending = state.restartPending();
        this.reported = new Lagging<>(statusLag);
    }

    public int id() {
        return id;
    }

    public String host() {
        return host;
    }

    public VmConfig config() {
        return config;
    }

    /** Volume ids with their sizes in bytes. */
    public Map<String, Long> volumes() {
        return Map.copyOf(volumes);
    }

    public Instant created() {
        return created;
    }

    public Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    public boolean isRunning() {
        return running != null;
    }

    public Optional<String> pool() {
        return Optional.ofNullable(pool);
    }

    public boolean haManaged() {
        return haManaged;
    }

    /** All spans in which it ran, the present one last and without an end. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>(pastRuns);
        running().ifPresent(process -> runs.add(new Run(process.startedAt(), null)));
        return runs;
    }

    /** What the rest of the cluster believes about it. */
    public Optional<Reported> reported(Instant now) {
        return reported.seen(now);
    }

    /** It was shut down by a reboot and is about to be started again. */
    public boolean restartPending() {
        return restartPending;
    }

    public void restartPending(boolean changed) {
        restartPending = changed;
    }

    public void pool(@Nullable String changed) {
        pool = changed;
    }

    void haManaged(boolean changed) {
        haManaged = changed;
    }

    void moveTo(String target) {
        host = target;
    }

    void volume(String volumeId, long bytes) {
        volumes.put(volumeId, bytes);
    }

    void dropVolume(String volumeId) {
        volumes.remove(volumeId);
    }

    void started(Running process) {
        running = process;
        restartPending = false;
    }

    void halted(Instant now) {
        if (running != null) {
            pastRuns.add(new Run(running.startedAt(), now));
            running = null;
        }
        if (pastRuns.size() > REMEMBERED_RUNS) {
            pastRuns.removeFirst();
        }
    }

    void report(Instant now) {
        reported.set(new Reported(config.name(id), isRunning() ? "running" : "stopped"), now);
    }

    State state() {
        return new State(
                id,
                host,
                config.values(),
                volumes(),
                created,
                List.copyOf(pastRuns),
                running,
                pool,
                haManaged,
                restartPending);
    }

    /** A span in which it ran; no end while it still does. */
    public record Run(Instant from, @Nullable Instant to) {}

    /** Name and status as broadcast. */
    public record Reported(String name, String status) {}

    /** What is kept of a machine. */
    record State(
            int id,
            String host,
            Map<String, String> config,
            Map<String, Long> volumes,
            Instant created,
            List<Run> pastRuns,
            @Nullable Running running,
            @Nullable String pool,
            boolean haManaged,
            boolean restartPending) {}
}
