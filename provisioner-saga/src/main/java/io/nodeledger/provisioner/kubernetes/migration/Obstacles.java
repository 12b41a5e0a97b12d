package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.drain.Destinations;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known, before anything is touched, to keep pods from being moved. */
final class Obstacles {
    private final KubernetesClient client;
    private final MoveRequest request;

    Obstacles(KubernetesClient client, MoveRequest request) {
        this.client = client;
        this.request = request;
    }

    List<String> find() throws InterruptedException {
        var seen = Inventory.read(client, request.namespaces());
        var situation = new Situation(request, seen);
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
        var namespaces = seen.namespaces().stream()
                .collect(Collectors.toMap(one -> one.getMetadata().getName(), Function.identity()));
        var targets = seen.nodes().values().stream()
                .filter(node -> request.target().includes(node) && !request.leaves(node))
                .toList();
        var moving = situation.workloads().stream()
                .filter(workload -> !situation.toGo(workload).isEmpty())
                .toList();
        if (moving.isEmpty()) {
            return List.of();
        }
        var room = new RoomOnNodes(targets, placed());
        return moving.stream()
                .flatMap(workload -> place(workload, situation, namespaces, targets, room).stream())
                .toList();
    }

    private Optional<String> place(
            KeptPods workload,
            Situation situation,
            Map<String, Namespace> namespaces,
            List<Node> targets,
            RoomOnNodes room) {
        var toGo = situation.toGo(workload);
        var namespace = namespaces.get(workload.name().namespace());
        if (namespace == null) {
            return Optional.empty();
        }
        Pod future;
        try {
            future = FuturePods.of(workload, toGo.getFirst(), namespace, request.target());
        } catch (IllegalArgumentException contradiction) {
            return Optional.of("%s can't go there: %s".formatted(workload.name(), contradiction.getMessage()));
        }
        var nowhere = Destinations.missing(List.of(future), targets);
        if (nowhere.isPresent()) {
            return Optional.of("%s can't go there: %s".formatted(workload.name(), nowhere.get()));
        }
        int without = room.place(future, toGo.size());
        return without == 0
                ? Optional.empty()
                : Optional.of(
                        "There is no room for %d of %d pods of %s".formatted(without, toGo.size(), workload.name()));
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
