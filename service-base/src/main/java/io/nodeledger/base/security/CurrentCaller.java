package io.nodeledger.base.security;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** The caller of the request that this thread serves. */
public final class CurrentCaller {
    private CurrentCaller() {}

    /** The caller, if the request names one; on public routes it need not. */
    public static Optional<Caller> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
                ? Optional.of(known.getPrincipal())
                : Optional.empty();
    }

    /** The caller; every route that isn't public has one. */
    public static Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("the request has no caller"));
    }
}
