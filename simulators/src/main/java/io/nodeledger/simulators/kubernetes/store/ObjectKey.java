package io.nodeledger.simulators.kubernetes.store;

import io.nodeledger.simulators.kubernetes.object.Fields;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Where an object of one type lives; the order is that of lists. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    public static ObjectKey of(JsonNode object) {
        return new ObjectKey(Fields.namespace(object), Fields.name(object));
    }

    public static ObjectKey cluster(String name) {
        return new ObjectKey("", name);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
