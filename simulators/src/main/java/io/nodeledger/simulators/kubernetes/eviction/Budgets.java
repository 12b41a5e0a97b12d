package io.nodeledger.simulators.kubernetes.eviction;

import static io.nodeledger.simulators.kubernetes.object.Fields.child;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.LabelSelector;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Disruption budgets: which pods each covers and how many of them may go now. */
public final class Budgets {
    /** How long an approved eviction counts although its pod has not begun to terminate. */
    private static final Duration DISRUPTION_TIMEOUT = Duration.ofMinutes(2);

    private Budgets() {}

    static List<ObjectNode> covering(ObjectStore store, JsonNode pod) {
        return store.list(Resource.BUDGETS).stream()
                .filter(b -> Fields.namespace(b).equals(Fields.namespace(pod)))
                .filter(b -> present(b, "spec", "selector"))
                .filter(b -> LabelSelector.of(Fields.at(b, "spec", "selector")).matches(pod))
                .toList();
    }

    /** Stores and answers the budget with its status as of now. */
    public static ObjectNode recomputed(ObjectStore store, ObjectNode budget) {
        return store.exclusively(() -> {
            List<ObjectNode> pods = pods(store, budget);
            return store.update(Resource.BUDGETS, ObjectKey.of(budget), next -> fill(store, next, pods));
        });
    }

    private static List<ObjectNode> pods(ObjectStore store, JsonNode budget) {
        if (!present(budget, "spec", "selector")) {
            return List.of();
        }
        LabelSelector selector = LabelSelector.of(Fields.at(budget, "spec", "selector"));
        return store.list(Resource.PODS).stream()
                .filter(p -> Fields.namespace(p).equals(Fields.namespace(budget)))
                .filter(selector::matches)
                .filter(p -> !List.of("Succeeded", "Failed").contains(text(p, "status", "phase")))
                .toList();
    }

    private static void fill(ObjectStore store, ObjectNode budget, List<ObjectNode> pods) {
        Instant now = Instant.now();
        Map<String, String> disrupted = stillDisrupted(budget, pods, now);
        int healthy = (int) pods.stream()
                .filter(p -> Fields.ready(p) && !Fields.terminating(p) && !disrupted.containsKey(Fields.name(p)))
                .count();
        int expected = expected(store, budget, pods);
        int desired = desired(budget, expected);
        int allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
        ObjectNode status = child(budget, "status");
        status.put("disruptionsAllowed", allowed)
                .put("currentHealthy", healthy)
                .put("desiredHealthy", desired)
                .put("expectedPods", expected)
                .put("observedGeneration", integer(budget, 0, "metadata", "generation"));
        status.remove("disruptedPods");
        disrupted.forEach((name, since) -> child(status, "disruptedPods").put(name, since));
        Conditions.set(
                budget,
                "DisruptionAllowed",
                allowed > 0 ? "True" : "False",
                allowed > 0 ? "SufficientPods" : "InsufficientPods",
                "",
                now);
    }

    private static Map<String, String> stillDisrupted(JsonNode budget, List<ObjectNode> pods, Instant now) {
        Map<String, ObjectNode> present = pods.stream().collect(Collectors.toMap(Fields::name, p -> p));
        Map<String, String> disrupted = Fields.strings(budget, "status", "disruptedPods");
        disrupted.entrySet().removeIf(entry -> {
            ObjectNode pod = present.get(entry.getKey());
            boolean timedOut = Times.parse(entry.getValue())
                    .map(since -> since.plus(DISRUPTION_TIMEOUT).isBefore(now))
                    .orElse(true);
            return pod == null || Fields.terminating(pod) || timedOut;
        });
        return disrupted;
    }

    /** The replicas that the pods' controllers want; pods without a controller count as they are. */
    private static int expected(ObjectStore store, JsonNode budget, List<ObjectNode> pods) {
        boolean absolute = Fields.at(budget, "spec", "minAvailable").isNumber();
        if (absolute) {
            return pods.size();
        }
        int unmanaged = (int) pods.stream().filter(p -> owner(p).isEmpty()).count();
        return unmanaged
                + pods.stream()
                        .map(Budgets::owner)
                        .filter(owner -> !owner.isEmpty())
                        .distinct()
                        .mapToInt(owner -> replicas(store, owner))
                        .sum();
    }

    private static String owner(JsonNode pod) {
        return Fields.each(pod, "metadata", "ownerReferences")
                .filter(o -> Fields.flag(o, "controller"))
                .map(o -> text(o, "uid"))
                .findFirst()
                .orElse("");
    }

    private static int replicas(ObjectStore store, String uid) {
        return List.of(Resource.REPLICA_SETS, Resource.STATEFUL_SETS).stream()
                .flatMap(r -> store.list(r).stream())
                .filter(o -> Fields.uid(o).equals(uid))
                .mapToInt(o -> integer(o, 1, "spec", "replicas"))
                .findFirst()
                .orElse(1);
    }

    private static int desired(JsonNode budget, int expected) {
        JsonNode min = Fields.at(budget, "spec", "minAvailable");
        if (!min.isMissingNode() && !min.isNull()) {
            return amount(min, expected);
        }
        JsonNode max = Fields.at(budget, "spec", "maxUnavailable");
        return max.isMissingNode() ? expected : Math.max(0, expected - amount(max, expected));
    }

    /** A count, or a percentage rounded up. */
    private static int amount(JsonNode value, int of) {
        String text = text(value);
        return text.endsWith("%")
                ? (int) Math.ceil(of * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0)
                : Integer.parseInt(text);
    }
}
