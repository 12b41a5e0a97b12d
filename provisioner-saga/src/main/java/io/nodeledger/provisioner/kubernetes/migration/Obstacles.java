package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known, before anything is touched, to keep pods from being moved. */
final class Obstacles {
    private final KubernetesClient client;
    private final MoveRequest request;
    private final Instant now;

    Obstacles(KubernetesClient client, MoveRequest request, Instant now) {
        this.client = client;
        this.request = request;
        this.now = now;
    }

    List<String> find() throws InterruptedException {
        var seen = Inventory.read(client, request.namespaces());
        var situation = new Situation(request, seen, now);
        var found = new ArrayList<String>();
        var bare = situation.progress().barePods();
        if (request.toShared() && !bare.isEmpty()) {
            found.add("No controller would start these pods elsewhere: " + PodName.list(bare));
        }
        var toGo = situation.workloads().stream()
                .flatMap(workload -> situation.toGo(workload).stream())
                .toList();
        found.addAll(new BudgetObstacles(seen.budgets(), situation.workloads()).of(toGo));
        found.addAll(places(situation, seen));
        return List.copyOf(found);
    }

    private List<String> places(Situation situation, Inventory seen) {
        var moving = situation.workloads().stream()
                .filter(workload -> !situation.toGo(workload).isEmpty())
                .toList();
        if (moving.isEmpty()) {
            return List.of();
        }
        var places = new Places(request, seen, new RoomOnNodes(Places.targets(request, seen), placed()));
        return moving.stream()
                .flatMap(workload -> places
                        .against(workload)
                        .or(() -> request.growing() ? Optional.empty() : crowded(workload, situation, places))
                        .stream())
                .toList();
    }

    private static Optional<String> crowded(KeptPods workload, Situation situation, Places places) {
        int count = situation.toGo(workload).size();
        int without = places.place(workload, count);
        return without == 0
                ? Optional.empty()
                : Optional.of("There is no room for %d of %d pods of %s".formatted(without, count, workload.name()));
    }

    /** A cache is good enough: whether there is room may change at any time. */
    private List<Pod> placed() {
        return Pages.all(options -> {
            options.setResourceVersion(options.getContinue() == null ? "0" : null);
            return client.pods()
                    .inAnyNamespace()
                    .withoutField("status.phase", "Succeeded")
                    .withoutField("status.phase", "Failed")
                    .list(options);
        });
    }
}
