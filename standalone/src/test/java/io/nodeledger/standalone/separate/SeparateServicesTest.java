package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The services as processes of their own, two of each: what is written at one is read at the other. */
@Isolated("eight processes at once leave nothing to others")
class SeparateServicesTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final int INSTANCES = 2;

    private static StandaloneServer server;

    @BeforeAll
    static void start() {
        server = StandaloneServer.separate(0.02, INSTANCES);
    }

    @AfterAll
    static void stop() throws Exception {
        List<ProcessHandle> processes = processes("-jar").toList();
        server.close();
        assertThat(processes).hasSize(INSTANCES * Service.values().length).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void whatIsWrittenAtOneIsReadAtAnyOther() throws Exception {
        try (var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
            for (int i = 0; i < 2 * INSTANCES; i++) {
                var node = provision(api, "written-" + i).data();

                var read = api.get(NODES + "/" + node.path("id").asString()).expect("read round " + i, 200);

                assertThat(read.data().path("name").asString()).isEqualTo("written-" + i);
            }
            assertThat(api.get(NODES + "/webhooks").status()).isEqualTo(200);
            assertThat(api.post(NODES + "/check-allocation", Map.of()).status()).isEqualTo(400);
        }
    }

    private static Answer provision(Api api, String name) throws IOException {
        var body = Map.of("name", name, "plan_id", "plan-dedicated-2c4g", "region", "us-west-2");
        return api.post(NODES, body).expect("provision " + name, 202);
    }

    private static Stream<ProcessHandle> processes(String word) {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).stream().anyMatch(argument -> argument.contains(word)))
                        .orElse(false));
    }
}
