package io.nodeledger.provisioner.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps of pods what is counted, and not the pods. Asked for one of them, it answers one that has only a name. */
final class PodStore implements ItemStore<Pod> {
    private final ConcurrentHashMap<String, PlacedPod> placed = new ConcurrentHashMap<>();

    List<PlacedPod> placed() {
        return List.copyOf(placed.values());
    }

    @Override
    public String getKey(Pod pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        var now = PlacedPod.of(pod);
        PlacedPod before = now.isPresent() ? placed.put(key, now.get()) : placed.remove(key);
        return before == null ? null : named(key);
    }

    @Override
    public @Nullable Pod remove(String key) {
        return placed.remove(key) == null ? null : named(key);
    }

    @Override
    public Stream<String> keySet() {
        return placed.keySet().stream();
    }

    @Override
    public Stream<Pod> values() {
        return keySet().map(PodStore::named);
    }

    @Override
    public int size() {
        return placed.size();
    }

    @Override
    public @Nullable Pod get(String key) {
        return placed.containsKey(key) ? named(key) : null;
    }

    private static Pod named(String key) {
        int slash = key.indexOf('/');
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(key.substring(0, Math.max(slash, 0)))
                .withName(key.substring(slash + 1))
                .endMetadata()
                .build();
    }
}
