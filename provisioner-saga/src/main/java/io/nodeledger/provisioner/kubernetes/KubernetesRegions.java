package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Kubernetes clusters of this installation, by region. Connections are made when first used. */
public final class KubernetesRegions implements AutoCloseable {
    private final Map<String, KubernetesRegion> regions = new LinkedHashMap<>();

    public KubernetesRegions(RegionsSettings settings) {
        this(settings, Tracing.NONE);
    }

    /** Clusters whose calls are seen in traces. */
    public KubernetesRegions(RegionsSettings settings, Tracing tracing) {
        settings.regions()
                .forEach(region -> regions.put(
                        region.id(),
                        new KubernetesRegion(region.id(), region.kubernetes().kubeconfig(), tracing)));
    }

    /** Whether the settings name such a region. */
    public boolean has(String id) {
        return regions.containsKey(id);
    }

    /**
     * The cluster of a region.
     *
     * @throws IllegalArgumentException when the settings name no such region
     */
    public KubernetesRegion of(String id) {
        var region = regions.get(id);
        if (region == null) {
            throw new IllegalArgumentException("No region '%s' in nodeledger.regions".formatted(id));
        }
        return region;
    }

    @Override
    public void close() {
        regions.values().forEach(KubernetesRegion::close);
    }
}
