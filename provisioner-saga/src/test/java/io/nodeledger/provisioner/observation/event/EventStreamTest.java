package io.nodeledger.provisioner.observation.event;

import static io.nodeledger.provisioner.observation.event.AnEvent.NOON;
import static io.nodeledger.provisioner.observation.event.AnEvent.ofKubelet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final EventStream stream = new EventStream(() -> NOON);

    @Test
    void what_is_told_of_our_nodes_is_taken_once_and_in_order() {
        tell(Action.ADDED, "node-1", "a");
        tell(Action.MODIFIED, "node-1", "b");
        tell(Action.DELETED, "node-1", "c");
        tell(Action.ADDED, "worker", "d");

        assertThat(stream.take(1)).extracting(SeenEvent::uid).containsExactly("uid-of-a");
        assertThat(stream.take(100)).extracting(SeenEvent::uid).containsExactly("uid-of-b");
        assertThat(stream.take(100)).isEmpty();
        assertThat(stream.hasEnded()).isFalse();
    }

    @Test
    void it_keeps_so_many_and_then_ends() {
        for (int i = 0; i < EventStream.MOST; i++) {
            tell(Action.ADDED, "node-1", "e" + i);
        }
        assertThat(stream.hasEnded()).isFalse();

        tell(Action.ADDED, "node-1", "one-too-many");

        assertThat(stream.hasEnded()).isTrue();
        assertThat(stream.take(Integer.MAX_VALUE)).hasSize(EventStream.MOST);
    }

    @Test
    void it_ends_when_the_cluster_no_longer_remembers_where_it_was() {
        stream.onClose(new WatcherException("too old resource version"));

        assertThat(stream.hasEnded()).isTrue();
    }

    private void tell(Action action, String nodeId, String name) {
        stream.eventReceived(action, ofKubelet(nodeId, name).build());
    }
}
