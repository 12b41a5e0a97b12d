package io.nodeledger.standalone.separate;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several instances of each service. One that ends without having been asked to is started again. */
public final class ServiceFleet implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServiceFleet.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration START_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

    private final Path settings;
    private final Path logs;
    private final Map<Slot, ServiceInstance> running = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    private record Slot(Service service, int number) {}

    private ServiceFleet(Path settings, Path logs) {
        this.settings = settings;
        this.logs = logs;
    }

    /**
     * Starts so many instances of each service and waits until all are ready.
     *
     * @param settings a file with what all of them are told
     * @throws Obstacle when one does not get ready
     */
    public static ServiceFleet start(int each, Path settings, Path logs) throws IOException, InterruptedException {
        var fleet = new ServiceFleet(settings, logs);
        try {
            for (Service service : Service.values()) {
                for (int number = 1; number <= each; number++) {
                    fleet.begin(new Slot(service, number));
                }
            }
            fleet.awaitAll();
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            fleet.close();
            throw failure;
        }
    }

    private void begin(Slot slot) throws IOException {
        ServiceInstance first = ServiceInstance.start(slot.service(), slot.number(), settings, logs);
        running.put(slot, first);
        threads.execute(() -> supervise(slot, first));
        threads.execute(() -> look(slot));
    }

    private void supervise(Slot slot, ServiceInstance first) {
        ServiceInstance current = first;
        try {
            while (!closing) {
                int code = current.awaitEnd();
                if (closing) {
                    return;
                }
                log.warn(
                        "{} {} has ended with {} and is started again",
                        slot.service().module(),
                        slot.number(),
                        code);
                current = startAgain(slot);
                running.put(slot, current);
                if (closing) {
                    current.signal();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is in the way may be removed, as a full disk. */
    private ServiceInstance startAgain(Slot slot) throws InterruptedException {
        while (true) {
            Thread.sleep(START_AGAIN_AFTER);
            try {
                return ServiceInstance.start(slot.service(), slot.number(), settings, logs);
            } catch (IOException | Obstacle failure) {
                log.error("{} {} can't be started again yet", slot.service().module(), slot.number(), failure);
            }
        }
    }

    /** Each by itself: one that hangs must not keep others from being seen to stop. */
    private void look(Slot slot) {
        try {
            while (!closing) {
                Objects.requireNonNull(running.get(slot)).probe(http);
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAll() throws InterruptedException {
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!running.values().stream().allMatch(ServiceInstance::isReady)) {
            for (ServiceInstance each : running.values()) {
                if (!each.isAlive() || System.nanoTime() > end) {
                    String name = each.service().module() + "-" + each.number();
                    throw new Obstacle(
                            "%s does not get ready; more in %s".formatted(name, logs.resolve(name + ".log")));
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Where the service's instances are that take requests. */
    List<Gateway.Place> places(Service service) {
        var places = new ArrayList<Gateway.Place>();
        for (ServiceInstance each : running.values()) {
            var ports = each.ports();
            if (each.service() == service && each.isReady() && ports != null) {
                places.add(new Gateway.Place(ports.api(), ports.management(), each::isUnreachable));
            }
        }
        return places;
    }

    /** Asks all to end and waits for that. */
    @Override
    public void close() {
        closing = true;
        var ending = new ArrayList<>(running.values());
        ending.forEach(ServiceInstance::signal);
        boolean interrupted = false;
        for (ServiceInstance each : ending) {
            try {
                each.stop();
            } catch (InterruptedException hurried) {
                interrupted = true;
            }
        }
        threads.shutdownNow();
        try {
            boolean _ = threads.awaitTermination(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            interrupted = true;
        }
        http.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
