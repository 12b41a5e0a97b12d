package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The services as processes of their own, two of each: what is written at one is read at the other, and any one may go. */
@Isolated("eight processes at once leave nothing to others")
class SeparateServicesTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
                String label = "round-" + i;
                var node = provision(api, "written-" + i, "key-written-" + i).data();

                var read = api.get(NODES + "/" + node.path("id").asString()).expect("read " + label, 200);

                assertThat(read.data().path("name").asString()).isEqualTo("written-" + i);
            }
            assertThat(api.get(NODES + "/webhooks").status()).isEqualTo(200);
            assertThat(api.post(NODES + "/check-allocation", Map.of()).status()).isEqualTo(400);
        }
    }

    @Test
    void anyOneProcessMayBeKilledUnderLoad() throws Exception {
        nothingIsLostWhile("killed", ProcessHandle::destroyForcibly);
    }

    @Test
    void allProcessesAreRestartedOneByOneUnderLoad() throws Exception {
        nothingIsLostWhile("restarted", ProcessHandle::destroy);
    }

    private static void nothingIsLostWhile(String name, Consumer<ProcessHandle> end) throws Exception {
        var over = new AtomicBoolean();
        var names = new ArrayList<String>();
        try (var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
            // given
            var writer = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    String wanted = name + "-" + names.size();
                    provision(api, wanted, "key-" + wanted).expect("provision " + wanted, 202);
                    names.add(wanted);
                    pause();
                }
            });

            // when
            for (Service service : Service.values()) {
                for (ProcessHandle one : processes(service.module()).toList()) {
                    end.accept(one);
                    await().atMost(PATIENCE).until(() -> !one.isAlive() && isWhole(service));
                }
            }
            over.set(true);
            writer.join();

            // then
            assertThat(names).isNotEmpty();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(running(api, name)).containsExactlyInAnyOrderElementsOf(names));
        }
    }

    private static boolean isWhole(Service service) {
        return processes(service.module()).count() == INSTANCES
                && IntStream.rangeClosed(1, INSTANCES).allMatch(number -> isReady(service, number));
    }

    private static boolean isReady(Service service, int number) {
        try {
            var ports = server.folder().processes().resolve(service.module() + "-" + number + ".ports");
            String management = Files.readAllLines(ports).get(1);
            try (var instance = new Api("http://127.0.0.1:" + management + "/actuator/health", () -> "none")) {
                return instance.get("/readiness").status() == 200;
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private static List<String> running(Api api, String prefix) throws Exception {
        var nodes = retried(() -> api.get(NODES + "?limit=200&status=running"));
        return nodes.expect("list", 200)
                .data()
                .valueStream()
                .map(node -> node.path("name").asString())
                .filter(each -> each.startsWith(prefix))
                .toList();
    }

    private static Answer provision(Api api, String name, String key) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("plan_id", "plan-dedicated-2c4g");
        body.put("region", "us-west-2");
        try {
            return retried(() -> api.call("POST", NODES, Map.of("Idempotency-Key", key), body));
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** As every client of a system of many machines does: what can be repeated is repeated. */
    private static Answer retried(Callable<Answer> call) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Answer answer = call.call();
                if (answer.status() != 503 || System.nanoTime() > end) {
                    return answer;
                }
            } catch (IOException cutOff) {
                if (System.nanoTime() > end) {
                    throw cutOff;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream<ProcessHandle> processes(String word) {
        return ProcessHandle.current().children().filter(process -> process.info()
                .arguments()
                .map(arguments -> List.of(arguments).stream().anyMatch(argument -> argument.contains(word)))
                .orElse(false));
    }
}
