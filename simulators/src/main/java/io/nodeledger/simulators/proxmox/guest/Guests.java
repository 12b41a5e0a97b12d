package io.nodeledger.simulators.proxmox.guest;

import io.nodeledger.simulators.machine.Machine;
import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.Running;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Boots the guests of running machines and tells the listener of their life. */
public final class Guests {
    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);

    private final Cluster cluster;
    private final Timeline timeline;
    private final MachineListener listener;

    public Guests(Cluster cluster, Timeline timeline, MachineListener listener) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.listener = listener;
    }

    /** Announces every machine that runs, after a restart. */
    public void resume() {
        cluster.vms().stream().filter(Vm::isRunning).forEach(this::started);
    }

    /** The machine has power: its guest is up once it has booted. */
    public void started(Vm vm) {
        vm.running().ifPresent(process -> {
            var _ = timeline.at(process.bootedAt(), () -> booted(vm, process));
        });
    }

    public void halted(Vm vm) {
        tell(() -> listener.machineHalted(vm.id()));
    }

    /** The machine runs on elsewhere; its guest notices nothing. */
    public void moved(Vm vm) {
        LOG.debug("Machine {} is on {} now", vm.id(), vm.host());
    }

    private void booted(Vm vm, Running process) {
        boolean same = cluster.find(vm.id()).filter(found -> found == vm).isPresent()
                && vm.running().filter(process::equals).isPresent();
        if (same) {
            tell(() -> listener.machineBooted(machine(vm, process)));
        }
    }

    private Machine machine(Vm vm, Running process) {
        GuestNetwork network = GuestNetwork.of(cluster.name(), vm);
        return new Machine(
                vm.id(),
                vm.config().name(vm.id()),
                vm.host(),
                process.cores(),
                process.memoryBytes(),
                vm.config().rootDiskBytes(),
                seed(vm).orElse(null),
                network.macAddress(),
                network.privateAddress(),
                network.publicAddress(),
                process.bootedAt());
    }

    private Optional<String> seed(Vm vm) {
        return vm.config().drives().values().stream()
                .filter(drive -> drive.isCdrom() && !drive.storage().isEmpty())
                .flatMap(drive -> userData(vm, drive).stream())
                .findFirst();
    }

    private Optional<String> userData(Vm vm, Drive drive) {
        Optional<Storage.Iso> iso =
                cluster.storages().ofVolume(vm.host(), drive.volume()).iso(drive.volume());
        if (iso.isEmpty()) {
            return Optional.empty();
        }
        try {
            return NoCloudSeed.userData(Files.readAllBytes(iso.get().file()));
        } catch (IOException e) {
            LOG.warn("The seed {} of machine {} cannot be read", drive.volume(), vm.id(), e);
            return Optional.empty();
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("The guest's side failed", e);
        }
    }
}
