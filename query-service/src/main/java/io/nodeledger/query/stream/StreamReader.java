package io.nodeledger.query.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream. What happens waits in a queue for a thread of its own, so that a slow reader delays nobody; one that falls
 * too far behind is cut off, and goes on where it was when it comes again. Of the usage only the newest waits.
 */
final class StreamReader {
    private static final StreamMessage END = new StreamMessage(null, "end", "");
    private static final StreamMessage USAGE = new StreamMessage(null, "usage", "");

    private final String workspaceId;
    private final SseEmitter emitter;
    private final BlockingQueue<StreamMessage> waiting;
    private final AtomicReference<@Nullable StreamMessage> usage = new AtomicReference<>();
    private final Duration heartbeat;
    private volatile boolean overrun;
    private long seen = -1;

    StreamReader(String workspaceId, SseEmitter emitter, int buffered, Duration heartbeat) {
        this.workspaceId = workspaceId;
        this.emitter = emitter;
        this.waiting = new LinkedBlockingQueue<>(buffered);
        this.heartbeat = heartbeat;
    }

    String workspaceId() {
        return workspaceId;
    }

    /** Takes a message without ever waiting. */
    void offer(StreamMessage message) {
        if (!waiting.offer(message)) {
            overrun = true;
        }
    }

    /** Takes the usage, in place of one that waits still. */
    void offerUsage(StreamMessage message) {
        if (usage.getAndSet(message) == null) {
            offer(USAGE);
        }
    }

    /** Ends the stream once what waits has been sent. */
    void end() {
        offer(END);
    }

    /**
     * Sends what is missing and then what happens, until the stream ends; it is over when this returns, however.
     *
     * @param missed sends what happened before this reader joined
     */
    void run(Consumer<StreamReader> missed) throws InterruptedException {
        try {
            // A reader that has missed nothing sees at once that it is connected.
            emitter.send(SseEmitter.event().comment("connected"));
            missed.accept(this);
            boolean goesOn = true;
            while (goesOn && !overrun) {
                goesOn = sendNext();
            }
        } catch (Gone | IOException | IllegalStateException gone) {
            // The reader has left, or the time of the stream is over.
            overrun = true;
        } finally {
            emitter.complete();
        }
    }

    private boolean sendNext() throws InterruptedException, IOException {
        StreamMessage next = waiting.poll(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            emitter.send(SseEmitter.event().comment("still here"));
        } else if (next.equals(USAGE)) {
            StreamMessage newest = usage.getAndSet(null);
            if (newest != null) {
                send(newest);
            }
        } else if (!next.equals(END)) {
            send(next);
        }
        return !END.equals(next);
    }

    /** What is up to here has been seen: another instance was ahead of this one. */
    void skip(long position) {
        seen = position;
    }

    /** Sends a message at once. */
    void sendNow(StreamMessage message) {
        try {
            send(message);
        } catch (IOException gone) {
            throw new Gone(gone);
        }
    }

    private void send(StreamMessage message) throws IOException {
        var event = SseEmitter.event();
        Long position = message.position();
        if (position != null) {
            if (position <= seen) {
                return;
            }
            event.id(Long.toString(position));
        }
        emitter.send(event.name(message.event()).data(message.data(), MediaType.TEXT_PLAIN));
    }

    /** The reader has left. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone(IOException cause) {
            super(cause);
        }
    }
}
