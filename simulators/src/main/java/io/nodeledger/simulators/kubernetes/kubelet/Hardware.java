package io.nodeledger.simulators.kubernetes.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.simulators.machine.LoadCurve;
import io.nodeledger.simulators.machine.Machine;
import java.util.UUID;

/** The machine as a kubelet sees it; sizes in bytes. A boot id lasts as long as one boot. */
public record Hardware(
        int id,
        int cores,
        long memoryBytes,
        long diskBytes,
        String privateAddress,
        String publicAddress,
        String machineId,
        String bootId) {

    static Hardware of(Machine machine) {
        String identity = machine.vmId() + machine.macAddress();
        return new Hardware(
                machine.vmId(),
                machine.cores(),
                machine.memoryBytes(),
                machine.diskBytes(),
                machine.privateAddress(),
                machine.publicAddress(),
                uuid(identity).toString().replace("-", ""),
                uuid(identity + machine.bootedAt()).toString());
    }

    /** A worker that is not a virtual machine of the simulated hypervisor. */
    static Hardware shared(int number) {
        return new Hardware(
                -number,
                16,
                64L << 30,
                400L << 30,
                "10.0.0." + (10 + number),
                "",
                uuid("shared-" + number).toString().replace("-", ""),
                uuid("boot of shared-" + number).toString());
    }

    public LoadCurve load() {
        return LoadCurve.of(id, cores, memoryBytes, diskBytes);
    }

    private static UUID uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8));
    }
}
