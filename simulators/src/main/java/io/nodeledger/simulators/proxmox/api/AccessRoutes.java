package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.access.Rights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who am I and what is this. */
final class AccessRoutes {
    private AccessRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/version",
                        call -> Map.of("version", "9.2.3", "release", "9.2", "repoid", "1f0c7e9a44f1b5d2")),
                Route.of(
                        "GET",
                        "/access/permissions",
                        AccessRoutes::permissions,
                        Parameter.text("path").orNone(),
                        Parameter.text("userid").orNone()));
    }

    private static Object permissions(Call call) {
        Map<String, Map<String, Integer>> answer = new TreeMap<>();
        call.rights().byPath().forEach((path, names) -> {
            if (call.optional("path").map(path::equals).orElse(true)) {
                Map<String, Integer> held = new TreeMap<>();
                names.forEach(name -> held.put(name, 1));
                answer.put(path, held);
            }
        });
        call.optional("path").filter(path -> !answer.containsKey(path)).ifPresent(path -> {
            Map<String, Integer> held = new TreeMap<>();
            Rights.ALL.stream().filter(name -> call.may(path, name)).forEach(name -> held.put(name, 1));
            answer.put(path, held);
        });
        return answer;
    }
}
