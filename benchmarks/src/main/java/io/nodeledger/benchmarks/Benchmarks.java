package io.nodeledger.benchmarks;

import io.nodeledger.benchmarks.charge.ChargesBenchmark;
import io.nodeledger.benchmarks.cost.CostsBenchmark;
import io.nodeledger.benchmarks.crash.CrashBenchmark;
import io.nodeledger.benchmarks.event.EventsBenchmark;
import io.nodeledger.benchmarks.lag.LagBenchmark;
import io.nodeledger.benchmarks.list.ListBenchmark;
import io.nodeledger.benchmarks.orchestration.OrchestrationBenchmark;
import io.nodeledger.benchmarks.orchestration.StopsBenchmark;
import io.nodeledger.benchmarks.separate.SeparateBenchmark;
import io.nodeledger.benchmarks.stream.StreamBenchmark;
import io.nodeledger.benchmarks.telemetry.TelemetryBenchmark;
import io.nodeledger.benchmarks.transition.TransitionsBenchmark;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark by its name, or all of them. */
public final class Benchmarks {
    /** A measured claim. */
    @FunctionalInterface
    interface Benchmark {
        void run(PrintStream out, List<String> arguments) throws Exception;
    }

    /** Runs for an hour and more, so only by its name. */
    private static final String CRASH = "crash";

    private static final Map<String, Benchmark> ALL = all();

    private Benchmarks() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (Exception failure) {
            // Not left to the JVM: an instance that can't start has told its log why, and the log is gone with its
            // folder.
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length == 0) {
            for (var benchmark : ALL.entrySet()) {
                if (!benchmark.getKey().equals(CRASH)) {
                    benchmark.getValue().run(out, List.of());
                }
            }
            return;
        }
        Benchmark chosen = ALL.get(arguments[0]);
        if (chosen == null) {
            refuse("There is no benchmark '" + arguments[0] + "'; there are: " + String.join(", ", ALL.keySet()) + ".");
            return;
        }
        try {
            chosen.run(out, List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException wrong) {
            refuse(String.valueOf(wrong.getMessage()));
        }
    }

    private static void refuse(String why) {
        System.err.println(why);
        System.exit(1);
    }

    private static Map<String, Benchmark> all() {
        var benchmarks = new LinkedHashMap<String, Benchmark>();
        benchmarks.put("lag", (out, _) -> LagBenchmark.run(out));
        benchmarks.put("orchestration", (out, _) -> OrchestrationBenchmark.run(out));
        benchmarks.put("stops", (out, _) -> StopsBenchmark.run(out));
        benchmarks.put("list", (out, _) -> ListBenchmark.run(out));
        benchmarks.put("telemetry", (out, _) -> TelemetryBenchmark.run(out));
        benchmarks.put("stream", (out, _) -> StreamBenchmark.run(out));
        benchmarks.put("costs", (out, _) -> CostsBenchmark.run(out));
        benchmarks.put("events", (out, _) -> EventsBenchmark.run(out));
        benchmarks.put("charges", (out, _) -> ChargesBenchmark.run(out));
        benchmarks.put("transitions", (out, _) -> TransitionsBenchmark.run(out));
        benchmarks.put("separate", (out, _) -> SeparateBenchmark.run(out));
        benchmarks.put(CRASH, CrashBenchmark::run);
        return benchmarks;
    }
}
