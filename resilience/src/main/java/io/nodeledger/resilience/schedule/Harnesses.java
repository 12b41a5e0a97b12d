package io.nodeledger.resilience.schedule;

import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Worlds side by side, each with a database, providers and an instance of its own: a schedule waits most of the time. A
 * world in which something is not as it has to be is left to those who look into it, and another one takes its place.
 */
public final class Harnesses implements AutoCloseable {
    /** The checker reads everything that ever happened in a world. */
    private static final int ENOUGH = 25;

    private final String[] settings;
    private final Path folder;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Place> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();

    /**
     * At most so many at a time; each is made when it is needed.
     *
     * @param settings what is to be other than in most runs, as {@code --key=value}
     */
    public Harnesses(int most, String... settings) {
        this.settings = settings.clone();
        this.places = new Semaphore(most);
        try {
            this.folder = Files.createTempDirectory("nodeledger-resilience-");
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private record Place(Harness harness, int used) {
        void close() {
            try {
                harness.close();
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }

    /** Something to be done in a world. */
    @FunctionalInterface
    public interface Run<T> {
        T in(Harness harness) throws InterruptedException;
    }

    /** Runs a schedule in a world that nobody else is in, and says what is not as it has to be after it. */
    public List<String> violations(Run<List<String>> schedule) throws InterruptedException {
        return use(schedule, List::isEmpty);
    }

    /** Does something in a world that nobody else is in. */
    public <T> T ask(Run<T> question) throws InterruptedException {
        return use(question, _ -> true);
    }

    private <T> T use(Run<T> run, Predicate<T> sound) throws InterruptedException {
        places.acquire();
        try {
            @Nullable Place idle = free.poll();
            Place place = idle == null ? new Place(make(), 0) : idle;
            boolean reusable = false;
            try {
                T result = run.in(place.harness());
                reusable = sound.test(result) && place.used() + 1 < ENOUGH;
                return result;
            } finally {
                if (reusable) {
                    free.push(new Place(place.harness(), place.used() + 1));
                } else {
                    place.close();
                }
            }
        } finally {
            places.release();
        }
    }

    private Harness make() {
        try {
            return Harness.in(
                    folder.resolve(Integer.toString(made.incrementAndGet())), PostgresServer.newDatabase(), settings);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** Ends the worlds that nobody is in any more. */
    @Override
    public void close() throws IOException {
        free.forEach(Place::close);
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
