package io.nodeledger.simulators.proxmox.cluster;

import java.util.Map;

/** A refusal as the API gives it: HTTP status, the text of the reason phrase and, for parameters, a text per field. */
public final class PveError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> errors;

    private PveError(int status, String message, Map<String, String> errors) {
        super(message, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    /** What a die in Proxmox's own code ends as. */
    public static PveError failed(String message) {
        return new PveError(500, message, Map.of());
    }

    public static PveError status(int status, String message) {
        return new PveError(status, message, Map.of());
    }

    public static PveError parameters(Map<String, String> errors) {
        return new PveError(400, "Parameter verification failed.", Map.copyOf(errors));
    }

    public static PveError parameter(String field, String error) {
        return parameters(Map.of(field, error));
    }

    public static PveError denied(String path, String privileges) {
        return new PveError(403, "Permission check failed (" + path + ", " + privileges + ")", Map.of());
    }

    public int status() {
        return status;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public Map<String, String> errors() {
        return errors;
    }
}
