package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.api.Tables.Column.column;
import static io.nodeledger.simulators.kubernetes.api.Tables.Column.wide;
import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.api.Tables.Column;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The columns of each type. */
final class TableColumns {
    private static final Column NAME = column("Name", (o, now) -> Fields.name(o));
    private static final Column AGE =
            column("Age", (o, now) -> Times.age(text(o, "metadata", "creationTimestamp"), now));

    private TableColumns() {}

    static List<Column> of(Resource resource) {
        return switch (resource) {
            case NODES -> nodes();
            case PODS -> pods();
            case EVENTS, EVENTS_V1 -> events();
            case NAMESPACES -> List.of(NAME, at("Status", "status", "phase"), AGE);
            case BUDGETS ->
                List.of(
                        NAME,
                        at("Min Available", "spec", "minAvailable"),
                        at("Max Unavailable", "spec", "maxUnavailable"),
                        at("Allowed Disruptions", "status", "disruptionsAllowed"),
                        AGE);
            case DEPLOYMENTS ->
                List.of(
                        NAME,
                        column(
                                "Ready",
                                (o, now) -> integer(o, 0, "status", "readyReplicas") + "/"
                                        + integer(o, 1, "spec", "replicas")),
                        number("Up-to-date", "status", "updatedReplicas"),
                        number("Available", "status", "availableReplicas"),
                        AGE);
            case STATEFUL_SETS ->
                List.of(
                        NAME,
                        column(
                                "Ready",
                                (o, now) -> integer(o, 0, "status", "readyReplicas") + "/"
                                        + integer(o, 1, "spec", "replicas")),
                        AGE);
            case DAEMON_SETS ->
                List.of(
                        NAME,
                        number("Desired", "status", "desiredNumberScheduled"),
                        number("Current", "status", "currentNumberScheduled"),
                        number("Ready", "status", "numberReady"),
                        AGE);
            case REPLICA_SETS ->
                List.of(
                        NAME,
                        number("Desired", "spec", "replicas"),
                        number("Current", "status", "replicas"),
                        number("Ready", "status", "readyReplicas"),
                        AGE);
            case SECRETS ->
                List.of(
                        NAME,
                        at("Type", "type"),
                        column(
                                "Data",
                                (o, now) -> Integer.toString(o.path("data").size())),
                        AGE);
            case LEASES -> List.of(NAME, at("Holder", "spec", "holderIdentity"), AGE);
            default -> List.of(NAME, AGE);
        };
    }

    private static List<Column> nodes() {
        return List.of(
                NAME,
                column("Status", (o, now) -> nodeStatus(o)),
                column("Roles", (o, now) -> roles(o)),
                AGE,
                at("Version", "status", "nodeInfo", "kubeletVersion"),
                wide("Internal-IP", (o, now) -> address(o, "InternalIP")),
                wide("External-IP", (o, now) -> address(o, "ExternalIP")),
                wide("OS-Image", (o, now) -> text(o, "status", "nodeInfo", "osImage")),
                wide("Kernel-Version", (o, now) -> text(o, "status", "nodeInfo", "kernelVersion")),
                wide("Container-Runtime", (o, now) -> text(o, "status", "nodeInfo", "containerRuntimeVersion")));
    }

    private static List<Column> pods() {
        return List.of(
                NAME,
                column(
                        "Ready",
                        (o, now) -> each(o, "status", "containerStatuses")
                                        .filter(c -> Fields.flag(c, "ready"))
                                        .count()
                                + "/" + Fields.at(o, "spec", "containers").size()),
                column("Status", (o, now) -> podStatus(o)),
                column(
                        "Restarts",
                        (o, now) -> Integer.toString(each(o, "status", "containerStatuses")
                                .mapToInt(c -> integer(c, 0, "restartCount"))
                                .sum())),
                AGE,
                wide("IP", (o, now) -> orNone(text(o, "status", "podIP"))),
                wide("Node", (o, now) -> orNone(text(o, "spec", "nodeName"))),
                wide("Nominated Node", (o, now) -> "<none>"),
                wide("Readiness Gates", (o, now) -> "<none>"));
    }

    private static List<Column> events() {
        return List.of(
                column("Last Seen", (o, now) -> Times.age(lastSeen(o), now)),
                at("Type", "type"),
                at("Reason", "reason"),
                column(
                        "Object",
                        (o, now) -> object(o.has("regarding") ? o.path("regarding") : o.path("involvedObject"))),
                column("Message", (o, now) -> text(o, "message") + text(o, "note")),
                wide("Count", (o, now) -> Integer.toString(integer(o, 1, "count"))),
                wide("Name", (o, now) -> Fields.name(o)));
    }

    private static String lastSeen(JsonNode event) {
        for (String field : List.of("lastTimestamp", "deprecatedLastTimestamp", "eventTime")) {
            if (!text(event, field).isEmpty()) {
                return text(event, field);
            }
        }
        return text(event, "metadata", "creationTimestamp");
    }

    private static String object(JsonNode reference) {
        return text(reference, "kind").toLowerCase(Locale.ROOT) + "/" + text(reference, "name");
    }

    private static String nodeStatus(JsonNode node) {
        String status = text(Fields.condition(node, "Ready"), "status");
        String ready = status.equals("True")
                ? "Ready"
                : status.equals("False") ? "NotReady" : status.isEmpty() ? "Unknown" : "NotReady";
        return Fields.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(JsonNode node) {
        String prefix = "node-role.kubernetes.io/";
        String roles = Fields.strings(node, "metadata", "labels").keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .sorted()
                .collect(Collectors.joining(","));
        return orNone(roles);
    }

    private static String address(JsonNode node, String type) {
        return orNone(each(node, "status", "addresses")
                .filter(a -> text(a, "type").equals(type))
                .map(a -> text(a, "address"))
                .findFirst()
                .orElse(""));
    }

    private static String podStatus(JsonNode pod) {
        if (Fields.terminating(pod)) {
            return "Terminating";
        }
        String waiting = each(pod, "status", "containerStatuses")
                .map(c -> text(c, "state", "waiting", "reason"))
                .filter(r -> !r.isEmpty())
                .findFirst()
                .orElse("");
        String phase = text(pod, "status", "phase");
        return !waiting.isEmpty() ? waiting : phase.equals("Succeeded") ? "Completed" : phase;
    }

    private static Column at(String name, String... path) {
        return column(name, (o, now) -> {
            String value = text(o, path);
            return value.isEmpty() ? (name.contains("vailable") ? "N/A" : "") : value;
        });
    }

    private static Column number(String name, String... path) {
        return column(name, (o, now) -> Integer.toString(integer(o, 0, path)));
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "<none>" : value;
    }
}
