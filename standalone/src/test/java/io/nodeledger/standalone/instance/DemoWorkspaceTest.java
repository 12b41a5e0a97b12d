package io.nodeledger.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start does about the workspace, by what its stream says already happened. */
class DemoWorkspaceTest {
    private static final String REGISTERED = WorkspaceRegistered.class.getName();
    private static final String CREDITED = CreditsGranted.class.getName();

    private final List<String> writes = Collections.synchronizedList(new ArrayList<>());
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
        DemoWorkspace.ensure(api, List.of());

        assertThat(writes)
                .containsExactly(
                        "PUT /api/v1/admin/workspaces/ws-demo", "POST /api/v1/admin/workspaces/ws-demo/credits");
    }

    @Test
    void a_start_that_was_killed_between_the_two_is_completed() throws IOException {
        DemoWorkspace.ensure(api, List.of(REGISTERED));

        assertThat(writes).containsExactly("POST /api/v1/admin/workspaces/ws-demo/credits");
    }

    @Test
    void credits_that_were_booked_are_never_booked_again() throws IOException {
        DemoWorkspace.ensure(api, List.of(REGISTERED, CREDITED));

        assertThat(writes).isEmpty();
    }
}
