package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.task.TaskFault;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Target;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in, parameters of query and body together.
 *
 * @param method the HTTP method
 * @param path the decoded path below {@code /api2/json}
 * @param authorization the header's value, empty without one
 * @param parameters texts by name; true and false are 1 and 0
 * @param upload the file of a multipart body
 * @param taskFault tells, when it starts a task, how that is to go wrong
 */
public record Request(
        String method,
        String path,
        String authorization,
        Map<String, String> parameters,
        @Nullable Upload upload,
        Supplier<Optional<TaskFault>> taskFault) {
    public Request {
        parameters = Map.copyOf(parameters);
    }

    public Request withTaskFault(Supplier<Optional<TaskFault>> changed) {
        return new Request(method, path, authorization, parameters, upload, changed);
    }

    public SeenRequest seen() {
        return new SeenRequest(Target.PROXMOX, method, path, parameters);
    }
}
