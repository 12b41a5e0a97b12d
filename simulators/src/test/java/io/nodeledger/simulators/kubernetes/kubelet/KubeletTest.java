package io.nodeledger.simulators.kubernetes.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.kubernetes.controller.ControlLoop;
import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeletTest {
    private final ObjectStore store = new ObjectStore(100);
    private final ControlLoop loop = new ControlLoop("kubelet-test", 0);
    private final Kubelet kubelet = new Kubelet(
            store,
            loop,
            new EventRecorder(store),
            new NodeRegistration("worker", Map.of(), Fields.array(), ""),
            Hardware.shared(1),
            new Connections((_, _) -> true));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void a_heartbeat_right_after_the_start_neither_makes_a_node_ready_nor_hides_when_it_becomes_so() {
        // given
        var readyAtOnce = new CompletableFuture<Boolean>();

        // when
        loop.run(() -> {
            kubelet.start(false);
            kubelet.heartbeat();
            readyAtOnce.complete(isReady());
        });

        // then
        assertThat(readyAtOnce.join()).isFalse();
        await().until(this::isReady);
        await().untilAsserted(() -> assertThat(reasons()).containsOnlyOnce("NodeReady"));
    }

    private boolean isReady() {
        return Fields.ready(store.get(Resource.NODES, ObjectKey.cluster("worker")));
    }

    private List<String> reasons() {
        return store.list(Resource.EVENTS).stream()
                .map(event -> Fields.text(event, "reason"))
                .toList();
    }
}
