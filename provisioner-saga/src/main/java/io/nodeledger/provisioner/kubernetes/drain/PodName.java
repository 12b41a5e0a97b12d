package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pods as people name them. */
public final class PodName {
    private static final int NAMED = 10;

    private PodName() {}

    /** {@code namespace/name}. */
    public static String of(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    static String path(Pod pod) {
        return "/api/v1/namespaces/%s/pods/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    /** Some of them, and how many more there are. */
    public static String list(Collection<String> names) {
        var named = names.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
        int unnamed = names.size() - NAMED;
        return unnamed > 0 ? "%s and %d more".formatted(named, unnamed) : named;
    }
}
