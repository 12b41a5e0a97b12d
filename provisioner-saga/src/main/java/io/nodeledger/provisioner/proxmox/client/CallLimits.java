package io.nodeledger.provisioner.proxmox.client;

import java.time.Duration;

/**
 * How long a call may take. The step that makes it holds a lease, and checks the lease right before a call that changes
 * something; as long as a call ends well within a lease, none has its effect on behalf of an instance that lost it.
 *
 * @param connect for a place in the pool, for TCP and for TLS, each
 * @param answer until the server says something, and between two things that it says
 * @param call a whole call, however slowly the server goes on
 * @param upload a whole upload
 */
record CallLimits(Duration connect, Duration answer, Duration call, Duration upload) {
    static final CallLimits STANDARD = new CallLimits(
            Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(12));

    Duration longest() {
        return call.compareTo(upload) > 0 ? call : upload;
    }
}
