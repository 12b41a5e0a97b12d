package io.nodeledger.simulators.proxmox;

import io.nodeledger.simulators.machine.Machine;
import io.nodeledger.simulators.machine.MachineListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which machines booted and halted. */
final class RecordedGuests implements MachineListener {
    private final List<Machine> booted = new CopyOnWriteArrayList<>();
    private final List<Integer> halted = new CopyOnWriteArrayList<>();

    @Override
    public void machineBooted(Machine machine) {
        booted.add(machine);
    }

    @Override
    public void machineHalted(int vmId) {
        halted.add(vmId);
    }

    List<Machine> booted() {
        return booted;
    }

    List<Integer> halted() {
        return halted;
    }
}
