package io.nodeledger.standalone.separate;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which service answers what: reads by the query service, but for what the webhook service keeps, all else by the write door. */
public final class Routes {
    private static final Set<String> ANY = Set.of();
    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** The first that matches counts. */
    private static final List<Route> ALL = List.of(
            new Route(ANY, "/api/v1/workspaces/[^/]+/nodes/webhooks(/.*)?", Service.WEBHOOK),
            new Route(READS, "/asyncapi\\.json", Service.WEBHOOK),
            // Reads that need a body, and what opens a stream of reads.
            new Route(
                    Set.of("POST"),
                    "/api/v1/workspaces/[^/]+/nodes/(check-allocation|costs/simulate|stream/tickets)",
                    Service.QUERY),
            new Route(READS, "/.*", Service.QUERY),
            new Route(ANY, "/.*", Service.COMMAND));

    private Routes() {}

    private record Route(Set<String> methods, Pattern path, Service service) {
        Route(Set<String> methods, String path, Service service) {
            this(methods, Pattern.compile(path), service);
        }

        boolean matches(String method, String asked) {
            return (methods.isEmpty() || methods.contains(method))
                    && path.matcher(asked).matches();
        }
    }

    /** The service that answers the request. */
    public static Service of(String method, String path) {
        return ALL.stream()
                .filter(route -> route.matches(method, path))
                .map(Route::service)
                .findFirst()
                .orElse(Service.COMMAND);
    }
}
