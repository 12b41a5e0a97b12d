package io.nodeledger.query.stream;

import org.jspecify.annotations.Nullable;

/**
 * What is sent to a reader.
 *
 * @param position where it is in the order of all events, by which a reader goes on; null for what can't be missed
 * @param event its kind: {@code node}, {@code operation}, {@code step}, {@code usage} or {@code reset}
 * @param data JSON
 */
record StreamMessage(@Nullable Long position, String event, String data) {}
