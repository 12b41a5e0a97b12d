package io.nodeledger.provisioner.kubernetes;

import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The Kubernetes clusters of this installation, by region. Connections are made when first used. */
public final class KubernetesRegions implements AutoCloseable {
    private final Map<String, KubernetesRegion> regions = new LinkedHashMap<>();

    public KubernetesRegions(RegionsSettings settings) {
        this(settings, _ -> CallWatch.NONE);
    }

    /** @param watches by region, for the calls to its cluster */
    public KubernetesRegions(RegionsSettings settings, Function<String, CallWatch> watches) {
        settings.regions()
                .forEach(region -> regions.put(
                        region.id(),
                        new KubernetesRegion(
                                region.id(), region.kubernetes().kubeconfig(), watches.apply(region.id()))));
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
