package io.nodeledger.simulators.machine;

/**
 * What a machine does at one moment.
 *
 * @param cpuFraction share of all its virtual CPUs in use, 0 to 1
 * @param memoryBytes RAM in use, bytes
 * @param netInBytes network received, bytes per second
 * @param netOutBytes network sent, bytes per second
 * @param diskReadBytes disk read, bytes per second
 * @param diskWriteBytes disk written, bytes per second
 * @param readIops disk read operations per second
 * @param writeIops disk write operations per second
 */
public record Load(
        double cpuFraction,
        long memoryBytes,
        double netInBytes,
        double netOutBytes,
        double diskReadBytes,
        double diskWriteBytes,
        double readIops,
        double writeIops) {
    /** Disk operations per second, reads and writes together. */
    public double iops() {
        return readIops + writeIops;
    }
}
