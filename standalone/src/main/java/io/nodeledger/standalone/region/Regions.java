package io.nodeledger.standalone.region;

import io.nodeledger.standalone.instance.InstanceSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The simulated regions of an installation, on one pair of event loops. */
public final class Regions implements AutoCloseable {
    private static final List<String> IDS = List.of("us-west-2", "us-east-1", "eu-west-1");
    private static final int EVENT_LOOPS = 2;
    private static final long STOP_SECONDS = 5;

    private final Vertx vertx;
    private final List<SimulatedRegion> regions;

    private Regions(Vertx vertx, List<SimulatedRegion> regions) {
        this.vertx = vertx;
        this.regions = regions;
    }

    /** Starts them side by side. */
    public static Regions simulated(InstanceSettings settings) throws IOException {
        var vertx =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(EVENT_LOOPS));
        var starting = IDS.stream()
                .map(id -> CompletableFuture.supplyAsync(() -> SimulatedRegion.start(id, settings, vertx)))
                .toList();
        var started = new ArrayList<SimulatedRegion>();
        RuntimeException failure = null;
        for (var region : starting) {
            try {
                started.add(region.join());
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
        var regions = new Regions(vertx, started);
        if (failure != null) {
            regions.close();
            throw failure;
        }
        return regions;
    }

    /** The settings by which the services reach them. */
    public Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        for (int index = 0; index < regions.size(); index++) {
            var prefix = "nodeledger.regions[" + index + "].";
            regions.get(index).properties().forEach((key, value) -> properties.put(prefix + key, value));
        }
        return properties;
    }

    /** Where each region's simulators are made to fail, by the region's id. */
    public Map<String, String> controlUrls() {
        return regions.stream().collect(Collectors.toMap(SimulatedRegion::id, SimulatedRegion::controlUrl));
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (var region : regions) {
            try {
                region.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        if (failure != null) {
            throw failure;
        }
    }
}
