package io.nodeledger.webhook.delivery;

import io.cloudevents.CloudEvent;
import io.nodeledger.base.eventstore.Epochs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What records say that a restore has not lost. The topic keeps what was lost, and offsets are in the database: after a restore it is
 * read once more, and nobody is to be told again of what no longer happened.
 */
final class KeptEvents {
    private final Epochs epochs;

    KeptEvents(Epochs epochs) {
        this.epochs = epochs;
    }

    List<Outgoing> in(Iterable<ConsumerRecord<String, CloudEvent>> records) {
        var events = new ArrayList<Outgoing>();
        var positions = new HashMap<String, Long>();
        for (ConsumerRecord<String, CloudEvent> record : records) {
            Outgoing.of(record).ifPresent(event -> {
                events.add(event);
                positions.put(event.eventId(), event.position());
            });
        }
        Set<String> lost = epochs.lostAmong(positions);
        return events.stream().filter(event -> !lost.contains(event.eventId())).toList();
    }
}
