package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One method on one path of the API.
 *
 * @param method the HTTP method
 * @param path with names in braces; {@code {volume}} takes the rest of the path
 * @param parameters those of query and body
 * @param pattern the path as an expression
 * @param names the names in the path, in order
 * @param endpoint what it does
 */
public record Route(
        String method,
        String path,
        List<Parameter> parameters,
        Pattern pattern,
        List<String> names,
        Function<Call, CompletionStage<Answer>> endpoint) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    static Route of(String method, String path, Function<Call, Object> endpoint, Parameter... parameters) {
        return later(
                method, path, call -> CompletableFuture.completedFuture(Answer.data(endpoint.apply(call))), parameters);
    }

    static Route later(
            String method, String path, Function<Call, CompletionStage<Answer>> endpoint, Parameter... parameters) {
        List<String> names = new ArrayList<>();
        Matcher m = NAME.matcher(path);
        String regex = m.replaceAll(found -> {
            names.add(found.group(1));
            return found.group(1).equals("volume") ? "(.+)" : "([^/]+)";
        });
        return new Route(method, path, List.of(parameters), Pattern.compile(regex), List.copyOf(names), endpoint);
    }

    /** The texts in the path's braces, if the path is this route's. */
    Optional<Map<String, String>> match(String requested) {
        Matcher m = pattern.matcher(requested);
        if (!m.matches()) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), m.group(i + 1));
        }
        return Optional.of(found);
    }

    /** Refuses parameters that are missing, unknown or malformed, all at once. */
    void verify(Map<String, String> inPath, Map<String, String> given) {
        Map<String, String> errors = new HashMap<>();
        String vmId = inPath.get("vmid");
        if (vmId != null) {
            Parameter.vmId("vmid").check().error(vmId).ifPresent(error -> errors.put("vmid", error));
        }
        for (Parameter parameter : parameters) {
            if (!parameter.optional() && !given.containsKey(parameter.name())) {
                errors.put(parameter.name(), "property is missing and it is not optional");
            }
        }
        given.forEach((name, text) -> parameters.stream()
                .filter(parameter -> parameter.names(name))
                .findFirst()
                .map(parameter -> parameter.check().error(text))
                .orElse(Optional.of(
                        "property is not defined in schema and the schema does not allow additional properties"))
                .ifPresent(error -> errors.put(name, error)));
        if (!errors.isEmpty()) {
            throw PveError.parameters(errors);
        }
    }
}
