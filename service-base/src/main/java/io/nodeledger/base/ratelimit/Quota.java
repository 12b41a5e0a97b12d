package io.nodeledger.base.ratelimit;

import java.time.Duration;

/**
 * One limit.
 *
 * @param name as callers see it in {@code RateLimit-Policy}
 * @param limit requests in a window
 * @param window at least a second
 */
record Quota(String name, long limit, Duration window) {}
