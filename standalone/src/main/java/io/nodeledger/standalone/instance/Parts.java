package io.nodeledger.standalone.instance;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, stopped in the reverse order, each part even when another one doesn't stop. */
final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable part) {}

    private final Deque<Part> started = new ArrayDeque<>();
    private boolean closed;

    /** Takes charge of a part. After {@link #close} it is stopped at once: the stop came while it was starting. */
    <P extends AutoCloseable> P add(String name, P part) {
        synchronized (this) {
            if (!closed) {
                started.push(new Part(name, part));
                return part;
            }
        }
        var failure = stop(new Part(name, part), null);
        throw new IllegalStateException("Stopped while " + name + " was starting", failure);
    }

    @Override
    public void close() throws IOException {
        Exception failure = null;
        for (Part part = next(); part != null; part = next()) {
            failure = stop(part, failure);
        }
        if (failure != null) {
            throw new IOException("Not everything stopped cleanly", failure);
        }
    }

    private synchronized @Nullable Part next() {
        closed = true;
        return started.poll();
    }

    private static @Nullable Exception stop(Part part, @Nullable Exception earlier) {
        long begin = System.nanoTime();
        try {
            part.part().close();
            log.info("Stopped {} in {} ms", part.name(), (System.nanoTime() - begin) / 1_000_000);
            return earlier;
        } catch (Exception failure) {
            log.error("Could not stop {}", part.name(), failure);
            return earlier == null ? failure : earlier;
        }
    }
}
