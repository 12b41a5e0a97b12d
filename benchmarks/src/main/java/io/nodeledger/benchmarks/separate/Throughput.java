package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads of a node by callers that never rest: what one process of the query service answers, and what two do. */
final class Throughput {
    private static final int CALLERS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(15);

    private final PrintStream out;
    private final InstanceClient client;
    private final Fleet fleet;
    private final BusyNode node;

    private record Rate(double perSecond, double microsEach) {}

    Throughput(PrintStream out, InstanceClient client, Fleet fleet, BusyNode node) {
        this.out = out;
        this.client = client;
        this.fleet = fleet;
        this.node = node;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        out.println("Reads of a node by " + CALLERS + " callers, on a machine that callers and database share");
        run(2, WARM_UP);
        Rate one = rate(1);
        Rate two = rate(2);
        out.printf(
                "Two processes answer %.2f times as many as one, at %.2f times the processor time for each%n",
                two.perSecond() / one.perSecond(), two.microsEach() / one.microsEach());
    }

    private Rate rate(int processes) throws IOException, InterruptedException, ExecutionException {
        Duration before = processorTime();
        long begin = System.nanoTime();
        long answered = run(processes, MEASURED);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double micros = processorTime().minus(before).toNanos() / 1e3;
        var rate = new Rate(answered / seconds, micros / answered);
        out.printf(
                "%d processes  %7.0f a second   %5.0f microseconds of processor time each%n",
                processes, rate.perSecond(), rate.microsEach());
        return rate;
    }

    private Duration processorTime() {
        return fleet.processorTime(Service.QUERY, 1).plus(fleet.processorTime(Service.QUERY, 2));
    }

    private long run(int processes, Duration lasting) throws IOException, InterruptedException, ExecutionException {
        long end = System.nanoTime() + lasting.toNanos();
        var callers = new ArrayList<Callable<Long>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            String url = fleet.url(Service.QUERY, 1 + caller % processes) + node.path();
            callers.add(() -> {
                long answered = 0;
                while (System.nanoTime() < end) {
                    var _ = client.read(url);
                    answered++;
                }
                return answered;
            });
        }
        long all = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> answered : threads.invokeAll(callers)) {
                all += answered.get();
            }
        }
        return all;
    }
}
