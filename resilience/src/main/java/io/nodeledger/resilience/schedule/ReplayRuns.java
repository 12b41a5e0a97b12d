package io.nodeledger.resilience.schedule;

import io.nodeledger.query.projection.ProjectionRebuild;
import io.nodeledger.query.projection.ProjectionRebuild.Status;
import io.nodeledger.resilience.check.ReadTables;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs random schedules in a world with read models, and compares these with what a replay from the first event makes (I7).
 */
public final class ReplayRuns {
    private final Harness harness;
    private final List<Call> calls;
    private final ReadTables tables;

    public ReplayRuns(Harness harness, List<Call> calls) {
        this.harness = harness;
        this.calls = calls;
        this.tables = new ReadTables(harness.world().database());
    }

    /** What a harness needs for these runs. */
    public static String[] settings() {
        return new String[] {
            "--resilience.read-models=true", "--nodeledger.query.generation-check=200ms", "--nodeledger.query.batch=20"
        };
    }

    /**
     * Runs a schedule and a replay.
     *
     * @return what is not as it has to be
     */
    public List<String> run(List<Act> acts) throws InterruptedException {
        var found = new ArrayList<>(new RandomRuns(harness, calls).run(acts));
        for (Status model : rebuild().all()) {
            found.addAll(replay(model.readModel(), model.tables()));
        }
        return found;
    }

    private List<String> replay(String model, List<String> names) throws InterruptedException {
        long last = tables.lastPosition();
        if (!harness.until(() -> hasRead(model, last), () -> {})) {
            return List.of("I7: %s does not come to the event at %d: %s".formatted(model, last, status(model)));
        }
        tables.keep(names);
        int before = active(model);
        var _ = rebuild().start(model);
        if (!harness.until(() -> active(model) != before && hasRead(model, last), () -> {})) {
            return List.of("I7: the replay of %s does not come to its end: %s".formatted(model, status(model)));
        }
        return tables.differences(names);
    }

    private boolean hasRead(String model, long position) {
        return status(model).generations().stream()
                .filter(generation -> generation.state().equals("active"))
                .allMatch(generation -> generation.position() >= position);
    }

    private int active(String model) {
        return status(model).generations().stream()
                .filter(generation -> generation.state().equals("active"))
                .findFirst()
                .orElseThrow()
                .generation();
    }

    private Status status(String model) {
        return rebuild().status(model).orElseThrow();
    }

    private ProjectionRebuild rebuild() {
        return harness.life().rebuild();
    }
}
