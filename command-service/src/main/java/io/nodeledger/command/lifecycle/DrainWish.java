package io.nodeledger.command.lifecycle;

import io.nodeledger.base.web.QueryFields;
import jakarta.servlet.http.HttpServletRequest;

/**
 * How workloads are to be treated (source: contract, "Stop Node" and "Delete Node"; API decisions, "Endpoint by
 * endpoint").
 *
 * @param drain whether to move them away; {@code force} wins over it
 * @param timeoutSeconds how long that may take
 */
public record DrainWish(boolean drain, boolean force, int timeoutSeconds) {
    private static final int DEFAULT_TIMEOUT = 300;
    private static final int LONGEST_TIMEOUT = 3600;

    /** The query parameters of a stop or reboot. */
    static DrainWish ofPower(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var drain = query.bool("drain_workloads");
        var force = query.bool("force");
        var timeout = query.integer("drain_timeout", 0, LONGEST_TIMEOUT);
        query.finish();
        return new DrainWish(drain.orElse(true), force.orElse(false), timeout.orElse(DEFAULT_TIMEOUT));
    }

    /** The query parameters of a deletion. */
    public static DrainWish ofDeletion(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var force = query.bool("force");
        var timeout = query.integer("drain_timeout", 0, LONGEST_TIMEOUT);
        query.finish();
        return new DrainWish(true, force.orElse(false), timeout.orElse(DEFAULT_TIMEOUT));
    }
}
