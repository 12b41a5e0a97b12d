package io.nodeledger.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.projection.ReadPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node as it was known at a moment (source: rulings 12), also when it is gone. */
class NodeAtHttpTest {
    private static final String NODE = "/api/v1/workspaces/ws-123/nodes/node-1";
    private static final Duration LATER = Duration.ofMillis(500);
    private static QueryServer server;

    /**
     * Began at 10:00:00, running since 10:00:09, found off at 10:00:10, its deletion began at 10:00:11 and it was gone by
     * 10:00:19. Each of these was known half a second after it happened.
     */
    @BeforeAll
    static void given_a_node_that_is_gone() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        var events = History.of("node-1")
                .provision()
                .succeed()
                .foundOff()
                .delete(NodeStatus.STOPPED)
                .gone()
                .events();
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (NodeEvent event : events) {
            messages.add(new GenericDomainEventMessage<>(
                    "Node",
                    "node-1",
                    messages.size(),
                    event,
                    MetaData.from(History.CAUSE.asMetadata()),
                    "evt-of-node-1-" + messages.size(),
                    event.effectiveAt().plus(LATER)));
        }
        new TransactionTemplate(server.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> server.bean(EventStore.class).publish(messages));
        assertThat(server.bean(ReadPositions.class).await(new EventPosition("node-1", events.size() - 1)))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-20T10:00:00.500Z, provisioning",
        "2024-01-20T10:00:09.499Z, provisioning",
        "2024-01-20T10:00:09.500Z, running",
        "2024-01-20T12:00:10.499%2B02:00, running",
        "2024-01-20T10:00:10.500Z, stopped",
        "2024-01-20T10:00:11.500Z, deleting",
    })
    void what_was_known_then_counts_and_not_what_had_happened(String moment, String status) {
        var answer = server.get(NODE + "?at=" + moment);

        assertThat(answer.data().get("status").asString()).isEqualTo(status);
        assertThat(answer.data().get("id").asString()).isEqualTo("node-1");
        assertThat(answer.header("ETag")).startsWith("\"node-1.");
    }

    @Test
    void a_moment_before_it_was_known_or_after_it_was_gone_knows_no_such_node() {
        assertThat(server.get(NODE + "?at=2024-01-20T10:00:00.499Z").status()).isEqualTo(404);
        assertThat(server.get(NODE + "?at=2024-01-21T00:00:00Z").status()).isEqualTo(404);
        assertThat(server.get(NODE).status()).isEqualTo(404);
    }

    @Test
    void another_workspace_knows_it_at_no_time() {
        server.append(Workspaces.registered("ws-2"));

        assertThat(server.get(NODE.replace("ws-123", "ws-2") + "?at=2024-01-20T10:00:10Z")
                        .status())
                .isEqualTo(404);
    }
}
