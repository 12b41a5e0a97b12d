package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A few random lives through everything that is real, with a restart in their midst: what was accepted is what has run,
 * one after the other, and each node is what its machine is. The many lives are played without machines, at the model.
 */
class RandomLivesTest {
    private static final Logger log = LoggerFactory.getLogger(RandomLivesTest.class);
    /** Another one explores: {@code -Dnodeledger.lives.seed=…}. */
    private static final long SEED = 1;

    private static final int LIVES = 4;
    private static final int ACTS = 10;
    private static final List<String> ACTIONS = List.of(
            "stop", "stop?force=true", "start", "start", "reboot", "patch", "cancel", "retry", "delete", "nothing");
    private static final List<String> FAULTS = List.of(
            "{'target': 'proxmox', 'fault': 'lock', 'times': 1, 'match': {'path_regex': '/qemu/1\\\\d+/status/'}}",
            "{'target': 'proxmox', 'fault': 'lost_reply', 'times': 1,"
                    + " 'match': {'method': 'POST', 'path_regex': '/qemu/1\\\\d+/status/'}}",
            "{'target': 'proxmox', 'fault': 'status', 'status': 595, 'times': 2, 'match': {'path_regex': '/qemu/1'}}",
            "{'target': 'kubernetes', 'fault': 'status', 'status': 500, 'times': 2,"
                    + " 'match': {'path_regex': '^/api/v1/nodes/node-'}}");

    private final Map<String, Set<String>> accepted = new ConcurrentHashMap<>();

    @Test
    void whatWasAcceptedHasRunAndEachNodeIsWhatItsMachineIs() throws Exception {
        long seed = Long.getLong("nodeledger.lives.seed", SEED);
        log.info("Random lives of seed {}", seed);
        try (var server = StandaloneServer.own(0.02)) {
            var ids = new ArrayList<String>();
            try (var nodes = new OwnedNodes(server, StandaloneServer.WORKSPACE)) {
                for (int life = 0; life < LIVES; life++) {
                    ids.add(nodes.provision());
                }
            }
            live(server, ids, new Random(seed));
            server.restart();
            live(server, ids, new Random(seed + 1));
            try (var nodes = new OwnedNodes(server, StandaloneServer.WORKSPACE)) {
                for (String id : ids) {
                    assertThat(nodes.operations(id)).as("seed %d", seed).isNotEmpty();
                    judge(nodes, id);
                }
            }
        }
    }

    private void live(StandaloneServer server, List<String> ids, Random random) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var control = new SimulatorControl(server.runtime(), OwnedNodes.REGION)) {
            var lives = new ArrayList<Future<?>>();
            for (String id : ids) {
                var own = new Random(random.nextLong());
                control.fault(FAULTS.get(random.nextInt(FAULTS.size())));
                lives.add(threads.submit(() -> {
                    act(server, id, own);
                    return null;
                }));
            }
            for (Future<?> life : lives) {
                life.get();
            }
        }
    }

    private void act(StandaloneServer server, String id, Random random) throws Exception {
        try (var nodes = new OwnedNodes(server, StandaloneServer.WORKSPACE)) {
            for (int act = 0; act < ACTS; act++) {
                Thread.sleep(random.nextInt(400));
                String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
                var answer = switch (action) {
                    case "nothing" -> nodes.api().get(nodes.path(id));
                    case "cancel" ->
                        nodes.cancel(nodes.operations(id).getFirst().path("id").asString());
                    case "patch" ->
                        nodes.api()
                                .call(
                                        "PATCH",
                                        nodes.path(id),
                                        Map.of(),
                                        Map.of("labels", Map.of("act", "a" + random.nextInt(3))));
                    default -> nodes.ask(id, action);
                };
                assertThat(answer.status()).as("%s: %s", action, answer).isIn(200, 202, 404, 409);
                if (answer.status() == 202 && !action.equals("cancel")) {
                    accepted.computeIfAbsent(id, _ -> new HashSet<>()).add(OwnedNodes.operationOf(answer));
                }
            }
        }
    }

    private void judge(OwnedNodes nodes, String id) throws Exception {
        nodes.ended(nodes.operations(id).getFirst().path("id").asString());
        var operations = nodes.operations(id);
        var begun = new HashSet<String>();
        operations.forEach(operation -> begun.add(operation.path("id").asString()));
        begun.remove(operations.getLast().path("id").asString());
        assertThat(begun).isEqualTo(accepted.getOrDefault(id, Set.of()));
        for (int i = 1; i < operations.size(); i++) {
            assertThat(time(operations.get(i), "finished_at"))
                    .as("%s before %s", operations.get(i), operations.get(i - 1))
                    .isBeforeOrEqualTo(time(operations.get(i - 1), "started_at"));
        }
        if (nodes.status(id).equals("error")) {
            assertThat(nodes.providers().machinesOf(id))
                    .as("only what was never made is in error")
                    .isEmpty();
        } else {
            nodes.fitsItsProviders(id);
        }
    }

    private static Instant time(JsonNode operation, String field) {
        return Instant.parse(operation.path(field).asString());
    }
}
