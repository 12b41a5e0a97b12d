package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two operations on one node at the same instant: one is accepted, or a deletion overtakes the other. */
class SimultaneousOperationsTest {
    private static final List<String> POWER = List.of("start", "stop", "reboot");

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private OwnedNodes nodes;
    private OwnedNodes others;
    private SimulatorControl control;

    @BeforeEach
    void clients() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
        others = OwnedNodes.ofSharedServer();
        control = new SimulatorControl(StandaloneServer.shared().runtime(), OwnedNodes.REGION);
    }

    @AfterEach
    void close() throws Exception {
        callers.close();
        control.close();
        others.close();
        nodes.close();
    }

    @Test
    void oneOfTwoPowerOperationsOnARunningNodeIsAccepted() throws Exception {
        String id = ReadyNodes.take(nodes);
        for (String one : POWER) {
            for (String other : POWER.subList(POWER.indexOf(one), POWER.size())) {
                atOnce(id, one, other, 1);
                if (nodes.status(id).equals("stopped")) {
                    nodes.succeeds(id, "start");
                }
            }
        }
    }

    @Test
    void oneOfTwoPowerOperationsOnAStoppedNodeIsAccepted() throws Exception {
        String id = ReadyNodes.take(nodes);
        nodes.succeeds(id, "stop");
        for (String other : POWER) {
            atOnce(id, "start", other, 1);
            if (nodes.status(id).equals("running")) {
                nodes.succeeds(id, "stop");
            }
        }
    }

    @Test
    void aDeletionOvertakesWhateverComesAtTheSameInstant() throws Exception {
        for (String other : List.of("stop", "reboot", "start", "delete", "delete?force=true")) {
            String id = ReadyNodes.take(nodes);
            if (other.equals("start")) {
                nodes.succeeds(id, "stop");
            }
            atOnce(id, "delete", other, 2);
            assertThat(nodes.status(id)).as("after %s and its deletion", other).isEqualTo("deleted");
        }
    }

    @Test
    void aCancellationAndADeletionAtTheSameInstantDeleteTheNode() throws Exception {
        for (String running : List.of("start", "stop")) {
            // given
            String id = ReadyNodes.take(nodes);
            if (running.equals("start")) {
                nodes.succeeds(id, "stop");
            }
            String held = hold(id);
            String operation = nodes.begin(id, running);

            // when
            var answers = together(() -> nodes.cancel(operation), () -> others.ask(id, "delete"));
            control.remove(held);

            // then
            String deletion = OwnedNodes.operationOf(answers.get(1).expect("delete", 202));
            assertThat(answers.getFirst().status()).isIn(202, 409);
            assertThat(nodes.ended(deletion).path("status").asString()).isEqualTo("succeeded");
            assertThat(nodes.ended(operation).path("status").asString()).isIn("cancelled", "succeeded");
            nodes.fitsItsProviders(id);
            assertThat(nodes.status(id)).isEqualTo("deleted");
        }
    }

    private void atOnce(String id, String one, String other, int most) throws Exception {
        Set<String> before = ids(nodes.operations(id));
        String held = hold(id);

        var answers = together(() -> nodes.ask(id, one), () -> others.ask(id, other));
        control.remove(held);

        var accepted = new HashSet<String>();
        answers.stream()
                .filter(answer -> answer.status() == 202)
                .forEach(answer -> accepted.add(OwnedNodes.operationOf(answer)));
        assertThat(accepted).as("%s and %s", one, other).hasSizeLessThanOrEqualTo(most);
        answers.stream().filter(answer -> answer.status() != 202).forEach(answer -> assertLost(answer, accepted));
        for (String operation : accepted) {
            var ended = nodes.ended(operation);
            boolean overtaken =
                    accepted.size() > 1 && !ended.path("type").asString().equals("delete");
            assertThat(ended.path("status").asString())
                    .as("%s", ended)
                    .isEqualTo(overtaken ? "cancelled" : "succeeded");
        }
        var after = ids(nodes.operations(id));
        after.removeAll(before);
        assertThat(after).as("the operations of %s and %s", one, other).isEqualTo(accepted);
        nodes.fitsItsProviders(id);
    }

    private static void assertLost(Answer answer, Set<String> accepted) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(409);
        assertThat(answer.errorCode()).isIn("OPERATION_IN_PROGRESS", "INVALID_STATE");
        if (answer.errorCode().equals("OPERATION_IN_PROGRESS")) {
            assertThat(accepted)
                    .contains(answer.body()
                            .path("error")
                            .path("details")
                            .path("operation_id")
                            .asString(""));
        }
    }

    private List<Answer> together(Callable<Answer> one, Callable<Answer> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        var calls = new ArrayList<Future<Answer>>();
        for (Callable<Answer> call : List.of(one, other)) {
            calls.add(callers.submit(() -> {
                barrier.await();
                return call.call();
            }));
        }
        return List.of(calls.getFirst().get(), calls.getLast().get());
    }

    /** No operation ends before the other was asked for: the machine is neither switched nor removed until then. */
    private String hold(String id) throws Exception {
        return control.fault(
                "{'target': 'proxmox', 'match': {'path_regex': '/qemu/%d(/status/(start|shutdown|stop))?$'}, 'fault': 'partition'}"
                        .formatted(nodes.machineOf(id)));
    }

    private static Set<String> ids(List<JsonNode> operations) {
        var ids = new HashSet<String>();
        operations.forEach(operation -> ids.add(operation.path("id").asString()));
        return ids;
    }
}
