package io.nodeledger.provisioner.proxmox.placement;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses a host: of those that fit, the one with the fewest machines, then with the most free memory. */
public final class Spread {
    private Spread() {}

    /** The best host for a machine of this size, empty when none fits. */
    public static Optional<HostRoom> choose(List<HostRoom> hosts, MachineSize size) {
        return hosts.stream()
                .filter(host -> host.fits(size))
                .min(Comparator.comparingInt(HostRoom::machines)
                        .thenComparing(Comparator.comparingLong(HostRoom::freeMemoryBytes)
                                .reversed())
                        .thenComparing(HostRoom::host));
    }
}
