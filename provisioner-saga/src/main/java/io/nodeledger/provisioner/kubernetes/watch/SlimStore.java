package io.nodeledger.provisioner.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps objects without what is never read and is most of them, so that ten thousand stay small. */
final class SlimStore<T extends HasMetadata> extends BasicItemStore<T> {
    SlimStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable T put(String key, T object) {
        object.getMetadata().setManagedFields(List.of());
        if (object instanceof Node node && node.getStatus() != null) {
            node.getStatus().setImages(List.of());
        }
        return super.put(key, object);
    }
}
