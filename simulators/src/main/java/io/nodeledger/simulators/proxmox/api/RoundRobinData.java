package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.machine.LoadCurve;
import io.nodeledger.simulators.machine.LoadTotals;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine's past as round-robin data: averages over fixed steps, with only a time where it did not run. CPU is a
 * fraction of its virtual CPUs; network and disk are bytes per second.
 */
final class RoundRobinData {
    private RoundRobinData() {}

    static List<Map<String, Object>> of(Vm vm, String timeframe, Instant now) {
        Resolution resolution = resolution(timeframe);
        LoadCurve curve = Views.curve(vm);
        long last = now.getEpochSecond() / resolution.seconds() * resolution.seconds();
        List<Map<String, Object>> points = new ArrayList<>();
        for (int i = resolution.points() - 1; i >= 0; i--) {
            long end = last - i * resolution.seconds();
            points.add(point(vm, curve, end, resolution.seconds()));
        }
        return points;
    }

    private static Map<String, Object> point(Vm vm, LoadCurve curve, long end, long seconds) {
        Instant from = Instant.ofEpochSecond(end - seconds);
        Instant to = Instant.ofEpochSecond(end);
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", end);
        boolean ran = vm.runs().stream().anyMatch(run -> {
            Instant stopped = run.to();
            return run.from().isBefore(to) && (stopped == null || stopped.isAfter(from));
        });
        if (!ran) {
            return point;
        }
        LoadTotals totals = curve.totals(from, to);
        double cores = vm.running()
                .map(process -> process.cores())
                .orElseGet(() -> vm.config().cores());
        point.put("cpu", totals.cpuSeconds() / seconds / cores);
        point.put("maxcpu", (int) cores);
        point.put("mem", curve.at(to).memoryBytes());
        point.put(
                "maxmem",
                vm.running()
                        .map(process -> process.memoryBytes())
                        .orElseGet(() -> vm.config().memoryBytes()));
        point.put("disk", 0);
        point.put("maxdisk", vm.config().rootDiskBytes());
        point.put("netin", totals.netInBytes() / (double) seconds);
        point.put("netout", totals.netOutBytes() / (double) seconds);
        point.put("diskread", totals.diskReadBytes() / (double) seconds);
        point.put("diskwrite", totals.diskWriteBytes() / (double) seconds);
        return point;
    }

    private static Resolution resolution(String timeframe) {
        return switch (timeframe) {
            case "hour" -> new Resolution(60, 60);
            case "day" -> new Resolution(60, 1_440);
            case "week" -> new Resolution(1_800, 336);
            case "month" -> new Resolution(1_800, 1_440);
            case "year" -> new Resolution(21_600, 1_440);
            default -> new Resolution(604_800, 570);
        };
    }

    private record Resolution(long seconds, int points) {}
}
