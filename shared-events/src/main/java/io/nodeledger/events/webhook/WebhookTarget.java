package io.nodeledger.events.webhook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to send what.
 *
 * @param eventTypes words of the events to send; empty for all, also those that come to be
 * @param nodeLabels only events of nodes with all of these labels; empty for all nodes
 * @param description for people
 */
public record WebhookTarget(
        String url,
        List<String> eventTypes,
        Map<String, String> nodeLabels,
        @Nullable String description) {}
