package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import java.time.Instant;

/** Machines as a cluster lists them, with figures that are easy to reckon with. */
final class Machines {
    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    static final long GIB = 1L << 30;

    private Machines() {}

    static String nodeId(int number) {
        return "node-" + "0".repeat(23) + "%03d".formatted(number);
    }

    /** A machine that has run for a while; every second it gets 1,000 bytes and sends 500. */
    static MachineFigures machine(int number, long uptimeSeconds) {
        return machine("pve1", number, uptimeSeconds);
    }

    /** The same on another host. */
    static MachineFigures machine(String host, int number, long uptimeSeconds) {
        return new MachineFigures(
                1000 + number,
                host,
                "nodeledger;" + nodeId(number),
                4,
                0.25,
                2 * GIB,
                8 * GIB,
                1_000 * uptimeSeconds,
                500 * uptimeSeconds,
                uptimeSeconds);
    }
}
