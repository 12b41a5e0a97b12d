package io.nodeledger.query.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream as a browser reads it. */
final class ReadStream implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What has come, comments too. */
    final List<Event> events = new CopyOnWriteArrayList<>();

    private final InputStream body;
    private volatile boolean ended;
    private volatile boolean brokenOff;

    /** An event; a comment has its text as its name. */
    record Event(String id, String name, JsonNode data) {}

    ReadStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().start(this::read);
    }

    /** Waits until so many events of these names have come, and answers them. */
    List<Event> await(int count, String... names) {
        patiently(() -> named(names).size() >= count);
        return named(names);
    }

    /** Waits until the server has ended the stream; false when it was broken off in the middle of an answer. */
    boolean awaitEnd() {
        patiently(() -> ended);
        return !brokenOff;
    }

    List<Event> named(String... names) {
        var wanted = List.of(names);
        return events.stream().filter(event -> wanted.contains(event.name())).toList();
    }

    private static void patiently(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    events.add(new Event("", line.substring(1).strip(), JSON.missingNode()));
                } else if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    name = line.substring(6);
                } else if (line.startsWith("data:")) {
                    events.add(new Event(id, name, JSON.readTree(line.substring(5))));
                    id = "";
                }
            }
        } catch (IOException closed) {
            brokenOff = true;
        }
        ended = true;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
