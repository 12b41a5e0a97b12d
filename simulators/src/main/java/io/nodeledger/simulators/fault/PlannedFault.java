package io.nodeledger.simulators.fault;

/**
 * A fault that waits for requests.
 *
 * @param id what it is removed by
 * @param fault what is to happen
 * @param happened how often it has happened
 */
public record PlannedFault(String id, Fault fault, int happened) {
    PlannedFault again() {
        return new PlannedFault(id, fault, happened + 1);
    }

    boolean usedUp() {
        return fault.times() > 0 && happened >= fault.times();
    }
}
