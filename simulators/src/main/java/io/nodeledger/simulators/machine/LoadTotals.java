package io.nodeledger.simulators.machine;

/**
 * What a machine's counters gained over a span of time: the exact integral of its {@link Load}, so counters read at any
 * two moments differ by just what the rates between them say.
 *
 * @param cpuSeconds seconds that one virtual CPU was busy, summed over the CPUs
 * @param netInBytes bytes received
 * @param netOutBytes bytes sent
 * @param netInPackets packets received
 * @param netOutPackets packets sent
 * @param diskReadBytes bytes read
 * @param diskWriteBytes bytes written
 * @param readOperations disk reads
 * @param writeOperations disk writes
 */
public record LoadTotals(
        double cpuSeconds,
        long netInBytes,
        long netOutBytes,
        long netInPackets,
        long netOutPackets,
        long diskReadBytes,
        long diskWriteBytes,
        long readOperations,
        long writeOperations) {}
