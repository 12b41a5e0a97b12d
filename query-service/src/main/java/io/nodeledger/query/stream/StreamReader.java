package io.nodeledger.query.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream. What happens waits in a queue for a thread of its own, so that a slow reader delays nobody; one that falls
 * too far behind is cut off, and goes on where it was when it comes again.
 */
final class StreamReader {
    private static final StreamMessage END = new StreamMessage(null, "end", "");

    private final String workspaceId;
    private final SseEmitter emitter;
    private final BlockingQueue<StreamMessage> waiting;
    private final Duration heartbeat;
    private volatile boolean overrun;
    private long seen;

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

    /** Ends the stream once what waits has been sent. */
    void end() {
        overrun |= !waiting.offer(END);
    }

    /**
     * Sends what is missing and then what happens, until the stream ends.
     *
     * @param missed sends what happened before this reader joined
     */
    void run(Consumer<StreamReader> missed) throws InterruptedException {
        try {
            missed.accept(this);
            while (!overrun) {
                StreamMessage next = waiting.poll(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    emitter.send(SseEmitter.event().comment("still here"));
                } else if (next.equals(END)) {
                    break;
                } else {
                    send(next);
                }
            }
            emitter.complete();
        } catch (Gone gone) {
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The reader has left, or the time of the stream is over.
            emitter.complete();
        }
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
