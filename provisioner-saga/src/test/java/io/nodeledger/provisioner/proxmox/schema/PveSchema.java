package io.nodeledger.provisioner.proxmox.schema;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The methods of the Proxmox VE API 9.2 as its own schema lists them. Tests that need it skip where it is absent. */
public final class PveSchema {
    private static final String FILE = "nodeledger.pve-schema";
    private static final Pattern NAME = Pattern.compile("\\{([^}]+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d+$");

    private final List<Method> methods;

    /**
     * One method.
     *
     * @param path with names in braces
     * @param parameters whether each may be left out, those in the path among them
     */
    public record Method(String verb, String path, Map<String, Boolean> parameters) {
        /** Those that a request must have besides its path. */
        public Set<String> required() {
            var required = new TreeSet<String>();
            parameters.forEach((name, optional) -> {
                if (!optional && !path.contains("{" + name + "}")) {
                    required.add(name);
                }
            });
            return required;
        }

        /** What is wrong with a request that has these parameters besides its path. */
        public List<String> objections(Collection<String> given) {
            var objections = new ArrayList<String>();
            given.stream()
                    .filter(name -> !knows(name))
                    .forEach(name -> objections.add(verb + " " + path + " has no parameter " + name));
            required().stream()
                    .filter(name -> !given.contains(name))
                    .forEach(name -> objections.add(verb + " " + path + " lacks " + name));
            return objections;
        }

        private boolean knows(String name) {
            return parameters.containsKey(name)
                    || parameters.containsKey(NUMBER.matcher(name).replaceFirst("[n]"));
        }

        private int names() {
            return (int) NAME.matcher(path).results().count();
        }

        /** A volume id has slashes and takes the rest of the path. */
        private boolean serves(String requested) {
            String regex = NAME.splitAsStream(path).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
            regex = path.endsWith("{volume}") ? regex + ".+" : path.endsWith("}") ? regex + "[^/]+" : regex;
            return requested.matches(regex);
        }
    }

    private PveSchema(List<Method> methods) {
        this.methods = methods;
    }

    /** Reads the schema, or skips the test. */
    public static PveSchema read() {
        String given = System.getProperty(FILE);
        Path file = given == null
                ? Path.of(System.getProperty("nodeledger.root", "."), "../shared/data/pve-9.2-methods.json")
                : Path.of(given);
        assumeTrue(
                Files.isReadable(file),
                () -> "The Proxmox VE API schema is not at %s; the system property %s may name another place"
                        .formatted(file.normalize(), FILE));
        var methods = new ArrayList<Method>();
        for (JsonNode path : JsonMapper.shared().readTree(file.toFile()).path("paths")) {
            for (JsonNode method : path.path("methods")) {
                var parameters = new TreeMap<String, Boolean>();
                for (JsonNode parameter : method.path("parameters")) {
                    parameters.put(
                            parameter.path("name").asString(),
                            parameter.path("definition").path("optional").asBoolean(false));
                }
                methods.add(new Method(
                        method.path("verb").asString(), path.path("path").asString(), parameters));
            }
        }
        return new PveSchema(methods);
    }

    /** The method with exactly this path, names in braces. */
    public Optional<Method> method(String verb, String path) {
        return methods.stream()
                .filter(method -> method.verb().equals(verb) && method.path().equals(path))
                .findFirst();
    }

    /** The method that serves a requested path; the one with the fewest names wins. */
    public Optional<Method> serving(String verb, String requested) {
        return methods.stream()
                .filter(method -> method.verb().equals(verb) && method.serves(requested))
                .min((one, other) -> Integer.compare(one.names(), other.names()));
    }
}
