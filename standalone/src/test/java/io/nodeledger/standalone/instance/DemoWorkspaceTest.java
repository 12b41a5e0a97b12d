package io.nodeledger.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The read model of this API knows nothing: only the stream can tell what an earlier start has done. */
class DemoWorkspaceTest {
    private static final Instant NOW = Instant.parse("2024-01-20T10:00:00Z");
    private static final WorkspaceEvent REGISTERED = new WorkspaceRegistered(
            DemoWorkspace.ID, WorkspacePlan.ENTERPRISE, 100, "us-west-2", DemoWorkspace.ID, false, NOW);
    private static final WorkspaceEvent CREDITED =
            new CreditsGranted(DemoWorkspace.ID, new BigDecimal("100000.00"), "opening balance", NOW);

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final HttpServer server;
    private final Api api;

    DemoWorkspaceTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api = new Api("http://localhost:" + server.getAddress().getPort(), () -> "token");
    }

    @BeforeEach
    void an_api_that_takes_every_write() {
        server.createContext("/", exchange -> {
            writes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        api.close();
        server.stop(0);
    }

    @Test
    void a_first_start_makes_the_workspace_and_credits_it() throws IOException {
        DemoWorkspace.ensure(api, events);

        assertThat(writes)
                .containsExactly(
                        "PUT /api/v1/admin/workspaces/ws-demo", "POST /api/v1/admin/workspaces/ws-demo/credits");
    }

    @Test
    void a_start_that_was_killed_between_the_two_is_completed() throws IOException {
        append(REGISTERED);

        DemoWorkspace.ensure(api, events);

        assertThat(writes).containsExactly("POST /api/v1/admin/workspaces/ws-demo/credits");
    }

    @Test
    void credits_that_were_booked_are_never_booked_again() throws IOException {
        append(REGISTERED, CREDITED);

        DemoWorkspace.ensure(api, events);

        assertThat(writes).isEmpty();
    }

    private void append(WorkspaceEvent... past) {
        var stream = WorkspaceCommand.streamIdOf(DemoWorkspace.ID);
        for (int i = 0; i < past.length; i++) {
            events.publish(new GenericDomainEventMessage<>("Workspace", stream, i, past[i]));
        }
    }
}
