package io.nodeledger.simulators.machine;

/**
 * The guest's side of a machine's life, called by the hypervisor simulator. Calls for one machine arrive in order and
 * must return quickly; a restart of the simulators calls {@link #machineBooted} again for every machine that runs.
 */
public interface MachineListener {
    /** The guest has booted: its operating system is up and its agent answers. */
    void machineBooted(Machine machine);

    /** The machine lost its power, gracefully or not; its guest is silent from now on. */
    void machineHalted(int vmId);
}
