package io.nodeledger.query.telemetry.metrics;

import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.query.telemetry.LatestSample;
import io.nodeledger.query.telemetry.Measure;
import io.nodeledger.query.telemetry.metrics.MetricsView.Cpu;
import io.nodeledger.query.telemetry.metrics.MetricsView.Iops;
import io.nodeledger.query.telemetry.metrics.MetricsView.Memory;
import io.nodeledger.query.telemetry.metrics.MetricsView.Network;
import io.nodeledger.query.telemetry.metrics.MetricsView.NetworkPoint;
import io.nodeledger.query.telemetry.metrics.MetricsView.Point;
import io.nodeledger.query.telemetry.metrics.MetricsView.Storage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the steps of a period and what is so now. */
final class MetricsPresentation {
    private final NodeSpecs specs;
    private final @Nullable LatestSample now;
    private final List<MetricStep> steps;

    /** @param now null while nobody knows what the node is doing */
    MetricsPresentation(NodeSpecs specs, @Nullable LatestSample now, List<MetricStep> steps) {
        this.specs = specs;
        this.now = now;
        this.steps = steps;
    }

    Cpu cpu() {
        return new Cpu(
                now == null ? null : Measure.percentage(now.cpu()),
                average(MetricStep::cpu),
                peak(MetricStep::cpuPeak),
                now == null ? null : Measure.rounded(now.cpu() * now.cores()),
                specs.cpuCores(),
                series(MetricStep::cpu));
    }

    Memory memory() {
        return new Memory(
                now == null ? null : Measure.percentage(now.memory()),
                average(MetricStep::memory),
                peak(MetricStep::memoryPeak),
                now == null ? null : Measure.gigabytes((double) now.memoryUsed()),
                specs.memoryGb(),
                series(MetricStep::memory));
    }

    Storage storage() {
        return new Storage(
                now == null ? null : Measure.percentageOrNull(now.storage()),
                now == null ? null : Measure.gigabytesOrNull(now.storageUsed()),
                specs.storageGb(),
                now == null ? null : iops(now),
                series(MetricStep::storage));
    }

    Network network() {
        return new Network(
                now == null ? null : Measure.megabitsOrNull(now.networkIn()),
                now == null ? null : Measure.megabitsOrNull(now.networkOut()),
                now == null ? null : Measure.perSecondOrNull(now.packetsIn()),
                now == null ? null : Measure.perSecondOrNull(now.packetsOut()),
                steps.stream().flatMap(step -> networkPoint(step).stream()).toList());
    }

    private static @Nullable Iops iops(LatestSample now) {
        return now.readIops() == null || now.writeIops() == null
                ? null
                : new Iops(Math.round(now.readIops()), Math.round(now.writeIops()));
    }

    private static List<NetworkPoint> networkPoint(MetricStep step) {
        if (step.networkIn() == null || step.networkOut() == null) {
            return List.of();
        }
        return List.of(new NetworkPoint(
                step.at(),
                Objects.requireNonNull(Measure.megabitsOrNull(step.networkIn() + step.networkOut())),
                Objects.requireNonNull(Measure.megabitsOrNull(step.networkIn())),
                Objects.requireNonNull(Measure.megabitsOrNull(step.networkOut()))));
    }

    /** Steps with more samples weigh more, so that it is the average of all samples. */
    private @Nullable BigDecimal average(ToDoubleFunction<MetricStep> share) {
        long samples = steps.stream().mapToLong(MetricStep::samples).sum();
        return samples == 0
                ? null
                : Measure.percentage(steps.stream()
                                .mapToDouble(step -> share.applyAsDouble(step) * step.samples())
                                .sum()
                        / samples);
    }

    private @Nullable BigDecimal peak(ToDoubleFunction<MetricStep> share) {
        return steps.isEmpty()
                ? null
                : Measure.percentage(steps.stream().mapToDouble(share).max().orElseThrow());
    }

    private List<Point> series(Function<MetricStep, @Nullable Double> share) {
        return steps.stream()
                .flatMap(step -> {
                    Double value = share.apply(step);
                    return value == null
                            ? Stream.<Point>empty()
                            : Stream.of(new Point(step.at(), Measure.percentage(value)));
                })
                .toList();
    }
}
