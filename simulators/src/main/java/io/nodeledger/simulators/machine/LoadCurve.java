package io.nodeledger.simulators.machine;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * How busy a simulated machine is, as a pure function of its id, its hardware and the time: the hypervisor's counters
 * and the guest's own metrics are drawn from the same curve and so agree, also across restarts. Values look like a
 * machine at work: each has its own level between light and busy, with a daily rhythm and bursts.
 */
public final class LoadCurve {
    private static final double BYTES_PER_PACKET = 740;
    private static final double BYTES_PER_READ = 24_576;
    private static final double BYTES_PER_WRITE = 12_288;
    private static final long MIB = 1L << 20;
    private static final long SYSTEM_DISK_BYTES = 2_600 * MIB;

    private final int cores;
    private final long memoryBytes;
    private final long diskBytes;
    private final Wave cpu;
    private final Wave memory;
    private final Wave netIn;
    private final Wave netOut;
    private final Wave diskRead;
    private final Wave diskWrite;
    private final Wave disk;

    private LoadCurve(int vmId, int cores, long memoryBytes, long diskBytes) {
        SplittableRandom random = new SplittableRandom(vmId * 0x9E3779B97F4A7C15L);
        this.cores = cores;
        this.memoryBytes = memoryBytes;
        this.diskBytes = diskBytes;
        this.cpu = new Wave(0.08 + 0.34 * random.nextDouble(), random);
        this.memory = new Wave(0.30 + 0.15 * random.nextDouble(), random);
        this.netIn = new Wave(cores * (40_000 + 160_000 * random.nextDouble()), random);
        this.netOut = new Wave(cores * (30_000 + 190_000 * random.nextDouble()), random);
        this.diskRead = new Wave(cores * (20_000 + 180_000 * random.nextDouble()), random);
        this.diskWrite = new Wave(cores * (60_000 + 260_000 * random.nextDouble()), random);
        this.disk = new Wave(0.06 + 0.14 * random.nextDouble(), random);
    }

    /** The curve of one machine: its virtual CPUs, RAM and root disk, the latter two in bytes. */
    public static LoadCurve of(int vmId, int cores, long memoryBytes, long diskBytes) {
        return new LoadCurve(vmId, Math.max(1, cores), memoryBytes, diskBytes);
    }

    /** What the machine does at that moment, if it runs. */
    public Load at(Instant moment) {
        double read = diskRead.at(moment);
        double write = diskWrite.at(moment);
        return new Load(
                Math.min(0.99, cpu.at(moment)),
                memoryAt(moment),
                netIn.at(moment),
                netOut.at(moment),
                read,
                write,
                read / BYTES_PER_READ,
                write / BYTES_PER_WRITE);
    }

    /** What the counters of a machine that ran from one moment to the other gained; all zero for an empty span. */
    public LoadTotals totals(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return new LoadTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        double in = netIn.integral(from, to);
        double out = netOut.integral(from, to);
        double read = diskRead.integral(from, to);
        double write = diskWrite.integral(from, to);
        return new LoadTotals(
                cpu.integral(from, to) * cores,
                (long) in,
                (long) out,
                (long) (in / BYTES_PER_PACKET),
                (long) (out / BYTES_PER_PACKET),
                (long) read,
                (long) write,
                (long) (read / BYTES_PER_READ),
                (long) (write / BYTES_PER_WRITE));
    }

    /** Bytes in use on the root file system: the operating system and what the work left there. */
    public long diskUsedAt(Instant moment) {
        long free = Math.max(0, diskBytes - SYSTEM_DISK_BYTES);
        return Math.min(diskBytes, SYSTEM_DISK_BYTES + (long) (free * disk.at(moment)));
    }

    private long memoryAt(Instant moment) {
        double used = Math.min(0.95, memory.at(moment));
        return Math.min(memoryBytes, Math.max(192 * MIB, (long) (memoryBytes * used)));
    }
}
