package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.StorageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The storages as each host sees them: shared ones are the same for all. */
public final class Storages {
    private final Map<String, Map<String, Storage>> byHost = new TreeMap<>();

    public Storages(List<StorageSpec> specs, List<HostSpec> hosts, Path directory) throws IOException {
        for (StorageSpec spec : specs) {
            Storage shared = spec.shared() ? new Storage(spec, directory.resolve(spec.name())) : null;
            for (HostSpec host : hosts) {
                Storage storage = shared != null
                        ? shared
                        : new Storage(spec, directory.resolve(spec.name()).resolve(host.name()));
                byHost.computeIfAbsent(host.name(), _ -> new TreeMap<>()).put(spec.name(), storage);
            }
        }
    }

    public List<Storage> on(String host) {
        return List.copyOf(byHost.getOrDefault(host, Map.of()).values());
    }

    public Storage require(String host, String name) {
        Storage storage = byHost.getOrDefault(host, Map.of()).get(name);
        if (storage == null) {
            throw PveError.failed("storage '" + name + "' does not exist");
        }
        return storage;
    }

    /** The storage a volume lies on, by the part of its id before the colon. */
    public Storage ofVolume(String host, String volumeId) {
        int colon = volumeId.indexOf(':');
        if (colon < 0) {
            throw PveError.failed("unable to parse volume ID '" + volumeId + "'");
        }
        return require(host, volumeId.substring(0, colon));
    }
}
