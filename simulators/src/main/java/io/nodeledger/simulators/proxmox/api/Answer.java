package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param status HTTP status
 * @param reason the reason phrase, which carries an error's text
 * @param data what stands under {@code data}
 * @param errors texts by parameter
 * @param empty no body at all
 * @param dropped nothing is sent and the connection is closed
 */
public record Answer(
        int status, String reason, @Nullable Object data, Map<String, String> errors, boolean empty, boolean dropped) {
    /** Nothing is sent. */
    public static final Answer LOST = new Answer(0, "", null, Map.of(), true, true);

    public static Answer data(@Nullable Object data) {
        return new Answer(200, "OK", data, Map.of(), false, false);
    }

    public static Answer error(int status, String reason) {
        return new Answer(status, reason, null, Map.of(), false, false);
    }

    public static Answer error(PveError error) {
        return new Answer(error.status(), error.reason(), null, error.errors(), false, false);
    }

    public static Answer unauthorised(String reason) {
        return new Answer(401, reason, null, Map.of(), true, false);
    }

    public boolean ok() {
        return status == 200 && !dropped;
    }
}
