package io.nodeledger.simulators.request;

import java.util.Map;

/**
 * A request as those see it who look on.
 *
 * @param target whom it is for
 * @param method the HTTP method
 * @param path for Proxmox below {@code /api2/json}, for Kubernetes the full path
 * @param parameters those of the query, and of Proxmox's forms
 */
public record SeenRequest(Target target, String method, String path, Map<String, String> parameters) {
    public SeenRequest {
        parameters = Map.copyOf(parameters);
    }
}
