package io.nodeledger.simulators.proxmox;

import java.time.Duration;

/**
 * How long things take on a real cluster, before the time scale is applied.
 *
 * @param fullClone a full clone of the template
 * @param linkedClone a linked clone
 * @param configure a configuration change that runs as a task
 * @param resize a disk's growth
 * @param start until the hypervisor has the machine running
 * @param boot from then until its guest is up and its agent answers
 * @param shutdown a guest's orderly shutdown
 * @param stop pulling the plug
 * @param destroy removing a machine and its disks
 * @param backup a backup of a machine, once it is its turn
 * @param transfer copying an upload to its storage
 * @param statusLag how far cluster-wide status runs behind
 * @param unauthorised how late a 401 comes
 * @param lockTimeout how long a task waits for a machine's lock
 */
public record Delays(
        Duration fullClone,
        Duration linkedClone,
        Duration configure,
        Duration resize,
        Duration start,
        Duration boot,
        Duration shutdown,
        Duration stop,
        Duration destroy,
        Duration backup,
        Duration transfer,
        Duration statusLag,
        Duration unauthorised,
        Duration lockTimeout) {
    /** Values in the range of a small cluster on shared storage. */
    public static Delays realistic() {
        return new Delays(
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }
}
