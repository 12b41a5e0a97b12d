package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.task.TaskFault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in, parameters of query and body together.
 *
 * @param method the HTTP method
 * @param path the decoded path below {@code /api2/json}
 * @param authorization the header's value, empty without one
 * @param parameters texts by name; true and false are 1 and 0
 * @param upload the file of a multipart body
 * @param taskFault how the task that it starts is to go wrong
 */
public record Request(
        String method,
        String path,
        String authorization,
        Map<String, String> parameters,
        @Nullable Upload upload,
        @Nullable TaskFault taskFault) {
    public Request {
        parameters = Map.copyOf(parameters);
    }

    public Request withTaskFault(TaskFault fault) {
        return new Request(method, path, authorization, parameters, upload, fault);
    }
}
