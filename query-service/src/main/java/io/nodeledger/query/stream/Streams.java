package io.nodeledger.query.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Opens streams: what a reader has missed comes from the trail, what happens from then on from the feed, nothing twice. */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int PAGE = 500;
    private static final int LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Trail trail;
    private final StreamFeed feed;
    private final OpenStreams open;
    private final StreamSettings settings;

    Streams(Trail trail, StreamFeed feed, OpenStreams open, StreamSettings settings) {
        this.trail = trail;
        this.feed = feed;
        this.open = open;
        this.settings = settings;
    }

    /**
     * Opens one.
     *
     * @param after the position after which it goes on; null for one that begins now
     */
    SseEmitter open(String workspaceId, String callerId, @Nullable Long after) {
        open.open(callerId);
        var emitter = new SseEmitter(settings.longest().toMillis());
        var reader = new StreamReader(workspaceId, emitter, settings.buffered(), settings.heartbeat());
        var closed = new AtomicBoolean();
        Runnable close = () -> {
            if (closed.compareAndSet(false, true)) {
                feed.leave(reader);
                open.close(callerId);
                reader.end();
            }
        };
        emitter.onCompletion(close);
        emitter.onTimeout(close);
        emitter.onError(_ -> close.run());
        try {
            long joined = feed.join(reader);
            Thread.ofVirtual().name("stream-" + workspaceId).start(() -> run(reader, after, joined, close));
        } catch (RuntimeException failure) {
            close.run();
            throw failure;
        }
        return emitter;
    }

    private void run(StreamReader reader, @Nullable Long after, long joined, Runnable close) {
        try {
            reader.run(it -> catchUp(it, after, joined));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("A stream of {} ended: {}", reader.workspaceId(), failure.toString());
        } finally {
            close.run();
        }
    }

    /** The first message names the position, so that a reader who has seen nothing yet can go on from there, too. */
    private void catchUp(StreamReader reader, @Nullable Long after, long joined) {
        if (after == null) {
            reader.sendNow(new StreamMessage(joined, "begin", "{}"));
        } else if (after > joined && isReached(after)) {
            reader.skip(after);
        } else if (after > joined || !replay(reader, after, joined)) {
            reader.sendNow(new StreamMessage(joined, "reset", "{}"));
        }
    }

    /** Another instance may have been a moment ahead; only what never was comes from another time. */
    private boolean isReached(long after) {
        for (int look = 0; look < LOOKS; look++) {
            if (after <= trail.reached()) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private boolean replay(StreamReader reader, long after, long joined) {
        long position = after;
        int sent = 0;
        while (true) {
            List<Trail.Happened> page = trail.in(reader.workspaceId(), position, joined, PAGE);
            for (Trail.Happened happened : page) {
                reader.sendNow(happened.message());
            }
            sent += page.size();
            if (page.size() < PAGE) {
                return true;
            }
            if (sent >= settings.replayed()) {
                return false;
            }
            position = page.getLast().position();
        }
    }
}
