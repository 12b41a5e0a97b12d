package io.nodeledger.query.projection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds read models from the log while the old tables are read on: a new generation of tables is filled, readers
 * are moved to it in one transaction once it has caught up, the old one is dropped.
 */
public final class ProjectionRebuild {
    private final List<ReadModel> models;
    private final Generations generations;
    private final GenerationSwitch rebuilds;

    ProjectionRebuild(List<ReadModel> models, Generations generations, GenerationSwitch rebuilds) {
        this.models = models;
        this.generations = generations;
        this.rebuilds = rebuilds;
    }

    /**
     * One generation and how far it has come.
     *
     * @param position lowest position that all of its segments have reached, -1 before the first event
     */
    public record GenerationStatus(
            int generation,
            String state,
            long position,
            Instant startedAt,
            @Nullable Instant switchedAt) {}

    /** A read model and its generations. */
    public record Status(String readModel, List<String> tables, List<GenerationStatus> generations) {
        /** Whether a new generation is being filled. */
        public boolean isRebuilding() {
            return generations.stream()
                    .anyMatch(generation -> generation.state().equals("building"));
        }
    }

    /** Begins a rebuild, unless one runs. Empty when there is no read model of that name. */
    public Optional<Status> start(String name) {
        var model = find(name);
        model.ifPresent(rebuilds::begin);
        return model.map(this::statusOf);
    }

    /** How a read model stands; empty when there is none of that name. */
    public Optional<Status> status(String name) {
        return find(name).map(this::statusOf);
    }

    /** How all read models stand. */
    public List<Status> all() {
        return models.stream().map(this::statusOf).toList();
    }

    private Optional<ReadModel> find(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    private Status statusOf(ReadModel model) {
        return new Status(
                model.name(),
                model.tableNames(),
                generations.of(model).stream()
                        .map(generation -> new GenerationStatus(
                                generation.number(),
                                generation.state().word(),
                                generations.progress(generation.processorName()).stream()
                                        .mapToLong(TokenProgress::index)
                                        .min()
                                        .orElse(-1),
                                generation.startedAt(),
                                generation.switchedAt()))
                        .toList());
    }
}
