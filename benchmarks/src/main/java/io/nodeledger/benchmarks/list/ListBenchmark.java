package io.nodeledger.benchmarks.list;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.node.NodeQueries;
import io.nodeledger.query.node.NodeSort;
import io.nodeledger.query.projection.RowJson;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first pages of lists in a workspace of 100,000 nodes among a million, every filter in every order, with their
 * totals. The ceiling is what as many rows cost that are read by their keys.
 */
public final class ListBenchmark {
    private static final int PER_PAGE = 20;
    private static final int PAGES = 5;
    private static final int WARM_UP = 8;
    private static final int DATABASE_RUNS = 200;
    private static final int HTTP_RUNS = 20;
    private static final int CEILING_RUNS = 2_000;

    private final PrintStream out;
    private final NodeQueries nodes;
    private final JdbcClient jdbc;
    private final NodesClient client;

    private ListBenchmark(PrintStream out, DataSource database, NodesClient client) {
        this.out = out;
        this.jdbc = JdbcClient.create(database);
        this.nodes = new NodeQueries(database);
        this.client = client;
    }

    /** Loads, measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var instance = new TemporaryInstance(TemporaryInstance.UNLIMITED)) {
            var database = instance.context().getBean(DataSource.class);
            load(out, database);
            var client = new NodesClient(instance.runtime().baseUrl(), instance.folder());
            client.register();
            new ListBenchmark(out, database, client).measure();
        }
    }

    private static void load(PrintStream out, DataSource database) throws Exception {
        long begin = System.nanoTime();
        int generation = JdbcClient.create(database)
                .sql(
                        "SELECT generation FROM query.projection_generation WHERE read_model = 'nodes' AND state = 'active'")
                .query(Integer.class)
                .single();
        try (var connection = database.getConnection()) {
            new MillionNodes("query.nodes_g" + generation).load(connection, "query.node_counts_g" + generation);
        }
        out.printf("A million nodes loaded in %.0f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private void measure() throws Exception {
        double ceiling = millis(ceiling(), 50);
        out.println("First pages of " + PER_PAGE + " with their totals, milliseconds (p50 / p99 over every order), "
                + MillionNodes.LARGE + " nodes in the workspace");
        out.printf("%-30s %.2f at p50%n", PER_PAGE + " rows by their keys", ceiling);
        out.printf("%-30s %15s %26s %15s %10s%n", "", "database", "slowest order (p99)", "HTTP", "to keys");
        boolean kept = true;
        for (Listing listing : Listing.all()) {
            kept &= measure(listing, ceiling);
        }
        out.println(kept ? "Every list keeps its limit at the database." : "Lists marked with ! exceed their limit.");
    }

    private boolean measure(Listing listing, double ceiling) throws Exception {
        var byOrder = new TreeMap<String, Histogram>();
        var database = new Histogram(3);
        var http = new Histogram(3);
        for (var sort : new TreeMap<>(NodeSort.WORDS).entrySet()) {
            var one = new Histogram(3);
            for (int run = -WARM_UP; run < DATABASE_RUNS; run++) {
                long nanos = atDatabase(listing, sort.getValue(), run);
                if (run >= 0) {
                    one.recordValue(nanos);
                }
            }
            for (int run = 0; run < HTTP_RUNS; run++) {
                http.recordValue(client.list(listing, sort.getKey(), page(listing, run), PER_PAGE));
            }
            database.add(one);
            byOrder.put(sort.getKey(), one);
        }
        var slowest = byOrder.entrySet().stream()
                .max(Comparator.comparingDouble(order -> millis(order.getValue(), 99)))
                .orElseThrow();
        boolean kept = millis(slowest.getValue(), 99) <= listing.limitMillis();
        out.printf(
                "%-30s %6.2f / %6.2f %12s %10.2f %s %6.2f / %6.2f %9.1f%n",
                listing.what(),
                millis(database, 50),
                millis(database, 99),
                slowest.getKey(),
                millis(slowest.getValue(), 99),
                kept ? " " : "!",
                millis(http, 50),
                millis(http, 99),
                millis(database, 50) / ceiling);
        return kept;
    }

    private long atDatabase(Listing listing, NodeSort sort, int run) {
        long begin = System.nanoTime();
        long total = nodes.total(listing.filter());
        int page = page(listing, run);
        if ((page - 1L) * PER_PAGE < total) {
            nodes.page(listing.filter(), sort, page, PER_PAGE);
        }
        return System.nanoTime() - begin;
    }

    /** What few have has one page. */
    private static int page(Listing listing, int run) {
        return listing.what().contains("rare") || listing.isSearch() ? 1 : 1 + Math.floorMod(run, PAGES);
    }

    private Histogram ceiling() {
        List<String> ids = jdbc.sql("SELECT id FROM query.nodes WHERE workspace_id = ? ORDER BY created_at, id")
                .param(Listing.WORKSPACE)
                .query(String.class)
                .list();
        var random = new Random(PER_PAGE);
        var times = new Histogram(3);
        for (int run = -CEILING_RUNS / 10; run < CEILING_RUNS; run++) {
            String[] chosen =
                    random.ints(PER_PAGE, 0, ids.size()).mapToObj(ids::get).toArray(String[]::new);
            long begin = System.nanoTime();
            jdbc.sql("SELECT doc FROM query.nodes WHERE id = ANY (?)")
                    .params(List.of((Object) chosen))
                    .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), NodeRecord.class))
                    .list();
            if (run >= 0) {
                times.recordValue(System.nanoTime() - begin);
            }
        }
        return times;
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }
}
