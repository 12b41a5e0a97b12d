package io.nodeledger.simulators.kubernetes.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A field selector; each type supports the few fields that the real server indexes, others are a bad request. */
public final class FieldSelector {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());
    private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");
    private static final Map<Resource, Set<String>> SUPPORTED = Map.of(
            Resource.PODS,
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            Resource.NODES,
            Set.of("spec.unschedulable"),
            Resource.NAMESPACES,
            Set.of("status.phase"),
            Resource.SECRETS,
            Set.of("type"),
            Resource.JOBS,
            Set.of("status.successful"),
            Resource.REPLICA_SETS,
            Set.of("status.replicas"),
            Resource.EVENTS,
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"));

    private record Term(List<String> path, boolean equal, String value) {}

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = terms;
    }

    public static FieldSelector parse(Resource resource, String query) {
        if (query.isBlank()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : query.split(",", -1)) {
            int at = part.indexOf('=');
            if (at <= 0) {
                throw ApiError.badRequest("invalid selector: '" + query + "'; can't understand '" + part + "'");
            }
            boolean equal = part.charAt(at - 1) != '!';
            String field = part.substring(0, equal ? at : at - 1).strip();
            String value =
                    part.substring(part.startsWith("==", at) ? at + 2 : at + 1).strip();
            terms.add(new Term(path(resource, field), equal, value));
        }
        return new FieldSelector(terms);
    }

    private static List<String> path(Resource resource, String field) {
        Resource stored = resource.stored();
        String core = resource == Resource.EVENTS_V1 && field.startsWith("regarding.")
                ? "involvedObject." + field.substring("regarding.".length())
                : field;
        if (!COMMON.contains(core) && !SUPPORTED.getOrDefault(stored, Set.of()).contains(core)) {
            throw ApiError.badRequest("Unable to find \"" + resource.apiVersion() + ", Resource=" + resource.plural()
                    + "\" that match label selector \"\", field selector \"" + field + "\": field label not supported: "
                    + field);
        }
        return switch (core) {
            case "source" -> List.of("source", "component");
            case "status.successful" -> List.of("status", "succeeded");
            default -> List.of(core.split("\\.", -1));
        };
    }

    public boolean matches(JsonNode object) {
        for (Term term : terms) {
            String actual = Fields.text(object, term.path().toArray(String[]::new));
            if (actual.isEmpty() && term.path().getLast().equals("unschedulable")) {
                actual = "false";
            }
            if (actual.equals(term.value()) != term.equal()) {
                return false;
            }
        }
        return true;
    }
}
