package io.nodeledger.webhook.kafka;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** What lies at the bottom of a client's failure: what is on top often only says that there was one. */
public final class KafkaFailure {
    private KafkaFailure() {}

    /** All that a failure and its causes say, in one line, each once. */
    public static String told(Throwable failure) {
        var said = new LinkedHashSet<String>();
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (message == null || message.isBlank()) {
                said.add(at.getClass().getSimpleName());
            } else if (said.stream().noneMatch(before -> before.contains(message))) {
                // A missing file's message is its name alone.
                said.add(message.contains(" ") ? message : at.toString());
            }
        }
        return String.join(": ", said);
    }
}
