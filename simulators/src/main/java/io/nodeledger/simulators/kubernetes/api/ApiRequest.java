package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in, with its body read.
 *
 * @param http what it came in by; a watch takes it over
 * @param content the body, empty for a watch
 * @param findsNothing whether lists and watches are to answer as if there were no objects
 */
public record ApiRequest(HttpServerRequest http, Buffer content, boolean findsNothing) {
    static boolean isWatch(HttpServerRequest http) {
        String watch = http.getParam("watch");
        return http.method().name().equals("GET") && watch != null && (watch.equals("true") || watch.equals("1"));
    }

    public String method() {
        return http.method().name();
    }

    public String path() {
        return http.path();
    }

    /** The query as it came, if there was one. */
    public @Nullable String rawQuery() {
        return http.query();
    }

    public boolean watch() {
        return isWatch(http);
    }

    /** Whether it reads a collection, once or as a watch. */
    public boolean list() {
        return method().equals("GET") && resource().filter(ApiPath::collection).isPresent();
    }

    /** The resource that it addresses, if it addresses one. */
    public Optional<ApiPath> resource() {
        return ApiPath.find(path());
    }

    public ApiRequest findingNothing() {
        return new ApiRequest(http, content, true);
    }

    public SeenRequest seen() {
        Map<String, String> parameters = new HashMap<>();
        http.params().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return new SeenRequest(Target.KUBERNETES, method(), path(), parameters);
    }

    MultiMap query() {
        return http.params();
    }

    MultiMap headers() {
        return http.headers();
    }
}
