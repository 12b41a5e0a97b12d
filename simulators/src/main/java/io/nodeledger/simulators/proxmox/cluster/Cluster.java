package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.HostSpec;
import io.nodeledger.simulators.proxmox.store.Journal;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The machines of the cluster and where they are; every change is saved at once. */
public final class Cluster {
    private static final String KIND = "vm";
    private static final long HOST_OVERHEAD = 2L << 30;

    private final String name;
    private final Timeline timeline;
    private final Journal journal;
    private final Storages storages;
    private final Backups backups;
    private final Duration statusLag;
    private final List<String> pools;
    private final TreeMap<String, HostSpec> hosts = new TreeMap<>();
    private final TreeMap<Integer, Vm> vms = new TreeMap<>();

    public Cluster(
            String name,
            List<HostSpec> hosts,
            List<String> pools,
            Storages storages,
            Timeline timeline,
            Journal journal,
            Duration statusLag) {
        this.name = name;
        this.pools = List.copyOf(pools);
        this.timeline = timeline;
        this.journal = journal;
        this.storages = storages;
        this.backups = new Backups(journal, storages);
        this.statusLag = statusLag;
        hosts.forEach(host -> this.hosts.put(host.name(), host));
        for (Vm.State state : journal.all(KIND, Vm.State.class)) {
            Vm vm = new Vm(state, statusLag);
            vms.put(vm.id(), vm);
            vm.report(timeline.now().minus(statusLag));
            vm.volumes()
                    .forEach((volume, bytes) ->
                            storages.ofVolume(vm.host(), volume).diskBytes(bytes));
        }
    }

    public String name() {
        return name;
    }

    public List<String> pools() {
        return pools;
    }

    public Storages storages() {
        return storages;
    }

    public Backups backups() {
        return backups;
    }

    public List<HostSpec> hosts() {
        return List.copyOf(hosts.values());
    }

    public HostSpec requireHost(String host) {
        HostSpec found = hosts.get(host);
        if (found == null) {
            throw PveError.failed("hostname lookup '" + host + "' failed - failed to get address info for: " + host
                    + ": Name or service not known");
        }
        return found;
    }

    public List<Vm> vms() {
        return List.copyOf(vms.values());
    }

    public List<Vm> vmsOn(String host) {
        return vms.values().stream().filter(vm -> vm.host().equals(host)).toList();
    }

    public Optional<Vm> find(int vmId) {
        return Optional.ofNullable(vms.get(vmId));
    }

    /** The machine, which must be on that host. */
    public Vm require(String host, int vmId) {
        requireHost(host);
        return find(vmId)
                .filter(vm -> vm.host().equals(host))
                .orElseThrow(() -> PveError.failed(
                        "Configuration file 'nodes/" + host + "/qemu-server/" + vmId + ".conf' does not exist"));
    }

    public Vm create(int vmId, String host, Map<String, String> config) {
        if (vms.containsKey(vmId)) {
            throw PveError.failed("unable to create VM " + vmId + ": config file already exists");
        }
        Vm vm = new Vm(
                new Vm.State(vmId, host, config, Map.of(), timeline.now(), List.of(), null, null, false, false),
                statusLag);
        vms.put(vmId, vm);
        save(vm);
        return vm;
    }

    /** Removes the configuration and frees the volumes. */
    public void remove(Vm vm) {
        vm.volumes().keySet().forEach(volume -> free(vm, volume));
        vms.remove(vm.id());
        journal.remove(KIND, String.valueOf(vm.id()));
    }

    public void save(Vm vm) {
        vm.report(timeline.now());
        journal.put(KIND, String.valueOf(vm.id()), vm.state());
    }

    /** Takes room for a volume, or changes its size; false when the storage has not that much left. */
    public boolean allocate(Vm vm, String volumeId, long bytes) {
        Storage storage = storages.ofVolume(vm.host(), volumeId);
        long difference = bytes - vm.volumes().getOrDefault(volumeId, 0L);
        if (difference > storage.freeBytes()) {
            return false;
        }
        storage.diskBytes(difference);
        vm.volume(volumeId, bytes);
        return true;
    }

    public void free(Vm vm, String volumeId) {
        Long bytes = vm.volumes().get(volumeId);
        if (bytes != null) {
            storages.ofVolume(vm.host(), volumeId).diskBytes(-bytes);
            vm.dropVolume(volumeId);
        }
    }

    /** Bytes of RAM in use: the host's own share and all of every running machine's. */
    public long memoryUsed(String host) {
        return HOST_OVERHEAD
                + vmsOn(host).stream()
                        .flatMap(vm -> vm.running().stream())
                        .mapToLong(Running::memoryBytes)
                        .sum();
    }

    /** Lets high availability manage a machine, or not: a managed one is not deleted without purge. */
    public void haManaged(Vm vm, boolean managed) {
        vm.haManaged(managed);
        save(vm);
    }

    void moved(Vm vm, String target) {
        requireHost(target);
        vm.moveTo(target);
        save(vm);
    }
}
