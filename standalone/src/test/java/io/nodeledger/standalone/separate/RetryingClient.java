package io.nodeledger.standalone.separate;

import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/**
 * As every client of a system of many machines does: what can be repeated is repeated, a write under the same key. An answer that
 * may be repeated but does not say so as documented is kept as a surprise.
 */
final class RetryingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 100;
    /** An answer that is waited for can be cut off. */
    private static final String PREFERENCE = "wait=3";

    private static final Set<Integer> PASSING = Set.of(429, 503, 504);

    private final Api api;
    private final Queue<String> surprises;

    RetryingClient(Api api, Queue<String> surprises) {
        this.api = api;
        this.surprises = surprises;
    }

    Answer create(String path, String key, Map<String, ?> body) throws IOException, InterruptedException {
        var headers = Map.of("Idempotency-Key", key, "Prefer", PREFERENCE);
        return repeated(path, () -> api.call("POST", path, headers, body));
    }

    Answer read(String path) throws IOException, InterruptedException {
        return repeated(path, () -> api.get(path));
    }

    /** All parts of a list, one after the other. */
    List<JsonNode> all(String path) throws IOException, InterruptedException {
        var found = new ArrayList<JsonNode>();
        String next = path;
        while (!next.isEmpty()) {
            var part = read(next).expect("read " + next, 200);
            part.data().forEach(found::add);
            next = next(part);
        }
        return found;
    }

    private static String next(Answer part) {
        return part.headers()
                .firstValue("Link")
                .filter(link -> link.contains("rel=\"next\""))
                .map(link -> URI.create(link.replaceAll(".*<([^>]*)>; rel=\"next\".*", "$1")))
                .map(url -> url.getRawPath() + "?" + url.getRawQuery())
                .orElse("");
    }

    private Answer repeated(String path, Callable<Answer> call) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Answer answer = call.call();
                if (!passes(path, answer) || System.nanoTime() > end) {
                    return answer;
                }
            } catch (IOException cutOff) {
                if (System.nanoTime() > end) {
                    throw cutOff;
                }
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean passes(String path, Answer answer) {
        if (answer.errorCode().equals("IDEMPOTENCY_KEY_IN_FLIGHT")) {
            return true;
        }
        if (!PASSING.contains(answer.status())) {
            return false;
        }
        if (answer.errorCode().isEmpty()
                || answer.headers().firstValue("Retry-After").isEmpty()) {
            surprises.add(path + " was answered with " + answer);
        }
        return true;
    }

    @Override
    public void close() {
        api.close();
    }
}
