package io.nodeledger.base.security;

import org.springframework.security.core.context.SecurityContextHolder;

/** The caller of the request that this thread serves. */
public final class CurrentCaller {
    private CurrentCaller() {}

    /** The caller; every route that isn't public has one. */
    public static Caller get() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication known) {
            return known.getPrincipal();
        }
        throw new IllegalStateException("the request has no caller");
    }
}
