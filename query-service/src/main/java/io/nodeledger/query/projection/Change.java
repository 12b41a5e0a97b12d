package io.nodeledger.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * What one event did to one row.
 *
 * @param before the row before the event, null when there was none
 * @param after the row after it
 */
public record Change<R>(@Nullable R before, StoredEvent event, R after) {}
