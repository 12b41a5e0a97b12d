package io.nodeledger.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RebuildCommandTest {
    private final StandaloneServer server = StandaloneServer.shared();
    private final StringWriter complaints = new StringWriter();

    @Test
    void a_read_model_is_rebuilt_by_its_name() throws IOException {
        int before = activeGeneration();

        assertThat(rebuild("nodes")).as(complaints.toString()).isZero();

        await().atMost(Duration.ofSeconds(30)).until(() -> activeGeneration() > before);
    }

    @Test
    void a_name_that_no_read_model_has_is_answered_with_those_there_are() {
        assertThat(rebuild("machines")).isEqualTo(1);
        assertThat(complaints.toString())
                .contains(
                        "There is no read model 'machines': it is one of nodes, workspaces, webhooks, transitions, costs.");
    }

    private int rebuild(String model) {
        return Nodeledger.commandLine()
                .setErr(new PrintWriter(complaints, true))
                .execute("rebuild", model, "--data", server.folder().root().toString());
    }

    private int activeGeneration() throws IOException {
        try (var management = new Api(server.runtime().managementUrl() + "/actuator", () -> "none")) {
            var generations = management.get("/projections/nodes").body().path("generations");
            return StreamSupport.stream(generations.spliterator(), false)
                    .filter(generation -> generation.path("state").asString("").equals("active"))
                    .findFirst()
                    .orElseThrow()
                    .path("generation")
                    .intValue();
        }
    }
}
