package io.nodeledger.benchmarks;

import io.nodeledger.benchmarks.lag.LagBenchmark;
import io.nodeledger.benchmarks.orchestration.OrchestrationBenchmark;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs one benchmark by its name, or all of them. */
public final class Benchmarks {
    /** A measured claim. */
    @FunctionalInterface
    interface Benchmark {
        void run(PrintStream out) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = all();

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length == 0) {
            for (Benchmark benchmark : ALL.values()) {
                benchmark.run(out);
            }
            return;
        }
        Benchmark chosen = ALL.get(arguments[0]);
        if (chosen == null) {
            System.err.println("There is no benchmark '" + arguments[0] + "'; there are: "
                    + String.join(", ", ALL.keySet()) + ".");
            System.exit(1);
        } else {
            chosen.run(out);
        }
    }

    private static Map<String, Benchmark> all() {
        var benchmarks = new LinkedHashMap<String, Benchmark>();
        benchmarks.put("lag", LagBenchmark::run);
        benchmarks.put("orchestration", OrchestrationBenchmark::run);
        return benchmarks;
    }
}
