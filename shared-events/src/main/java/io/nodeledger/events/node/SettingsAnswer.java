package io.nodeledger.events.node;

import io.nodeledger.events.refusal.Refusal;

/** How a node took the wish for a setting. */
public sealed interface SettingsAnswer {
    /** The node is set as wished. {@code sequence} is the number of its last event. */
    record Settled(long sequence) implements SettingsAnswer {}

    /** It can't be. */
    record Refused(Refusal refusal) implements SettingsAnswer {}
}
