package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The regions' Proxmox clusters, one client each; nothing connects before it is used. */
public final class ProxmoxRegions implements AutoCloseable {
    private final Map<String, ProxmoxRegion> byId = new LinkedHashMap<>();

    /** Clusters whose tokens stay. */
    public ProxmoxRegions(RegionsSettings settings) {
        this(settings, () -> settings, _ -> CallWatch.NONE);
    }

    /**
     * Clusters whose calls are watched.
     *
     * @param now the settings of now, whose tokens may be others than at the start
     * @param watches by region, for the calls to its cluster
     */
    public ProxmoxRegions(
            RegionsSettings settings, Supplier<RegionsSettings> now, Function<String, CallWatch> watches) {
        for (var region : settings.regions()) {
            byId.put(region.id(), ProxmoxRegion.of(region, () -> token(now.get(), region), watches.apply(region.id())));
        }
    }

    private static String token(RegionsSettings now, RegionsSettings.Region region) {
        return now.regions().stream()
                .filter(each -> each.id().equals(region.id()))
                .findFirst()
                .orElse(region)
                .proxmox()
                .token();
    }

    /**
     * A region's cluster.
     *
     * @throws IllegalStateException when no such region is configured
     */
    public ProxmoxRegion region(String id) {
        ProxmoxRegion region = byId.get(id);
        if (region == null) {
            throw new IllegalStateException(
                    "Region " + id + " is not among nodeledger.regions; configured are " + byId.keySet());
        }
        return region;
    }

    /** All of them, in the order of the settings. */
    public Collection<ProxmoxRegion> all() {
        return byId.values();
    }

    /** Their ids, in the same order. */
    public Set<String> ids() {
        return byId.keySet();
    }

    @Override
    public void close() throws IOException {
        for (ProxmoxRegion region : byId.values()) {
            region.client().close();
        }
    }
}
