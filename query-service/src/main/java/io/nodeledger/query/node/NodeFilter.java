package io.nodeledger.query.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a workspace a list shows.
 *
 * @param statuses words; empty for every status
 * @param search part of the name, whatever its case
 */
public record NodeFilter(
        String workspaceId,
        List<String> statuses,
        @Nullable String planId,
        @Nullable String region,
        @Nullable String search,
        boolean includeDeleted) {}
