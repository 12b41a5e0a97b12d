package io.nodeledger.simulators.proxmox.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task to be run.
 *
 * @param node the host that runs it
 * @param type Proxmox's worker type, which selects the work
 * @param id what its UPID names
 * @param user who asked for it
 * @param arguments what the work needs, kept with the task so that a restart can go on with it
 * @param fault how it is to go wrong, if it is
 */
public record TaskRequest(
        String node,
        String type,
        String id,
        String user,
        Map<String, String> arguments,
        @Nullable TaskFault fault) {}
