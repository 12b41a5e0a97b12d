package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** Tolerations as JSON lists in annotations. */
final class Tolerations {
    private Tolerations() {}

    /**
     * Reads a list; nothing is an empty one.
     *
     * @throws IllegalArgumentException when it isn't one
     */
    static List<Toleration> read(String json) {
        if (json.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(Serialization.unmarshal(json, Toleration[].class));
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException("These are no tolerations: " + json, broken);
        }
    }

    static String write(List<Toleration> tolerations) {
        return Serialization.asJson(tolerations);
    }

    /** The list with those added that it lacks. */
    static String joined(String json, List<Toleration> more) {
        return write(joined(read(json), more));
    }

    static List<Toleration> joined(List<Toleration> some, List<Toleration> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
