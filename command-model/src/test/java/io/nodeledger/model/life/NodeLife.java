package io.nodeledger.model.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.NodeVersion;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.InMemoryLedger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One random life of a node: each act is done, its answer judged, and everything that it led to checked. */
final class NodeLife implements AutoCloseable {
    static final String NODE = "node-1";
    private static final int LONGEST_END = 60;

    private final JsonSnapshots store = new JsonSnapshots();
    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 5, "150", store);
    private final SimulatedMachine machine = new SimulatedMachine();
    private final Worker worker = new Worker(ledger, machine);
    private final SeenNode seen = new SeenNode();
    private final Surroundings surroundings = new Surroundings(ledger, store, machine);
    private final Commands commands = new Commands();
    private final Set<String> facts = new HashSet<>();
    private int read;
    private long version = -1;
    private long formerVersion = -1;

    NodeLife() {
        ledger.send(InMemoryLedger.provision("ws-1", NODE, "prod-1"));
        readOn();
    }

    void play(Act act) {
        Instant at = commands.now();
        switch (act) {
            case Act.Start a -> begin(act, commands.start(belief(a.belief())), stale(a.belief()));
            case Act.Stop a -> begin(act, commands.stop(a, belief(a.belief())), stale(a.belief()));
            case Act.Reboot a -> begin(act, commands.reboot(a, belief(a.belief())), stale(a.belief()));
            case Act.Retry a -> begin(act, commands.retry(belief(a.belief())), stale(a.belief()));
            case Act.Relabel a -> begin(act, commands.update(a, belief(a.belief())), stale(a.belief()));
            case Act.Delete a -> delete(commands.delete(a, belief(a.belief())), stale(a.belief()));
            case Act.Cancel(boolean past) -> cancel(past);
            case Act.Work(Act.Luck luck) -> worker.work(NODE, luck, at);
            case Act.Look _ -> surroundings.look(seen, at);
            case Act.LookAtKubernetes(int sees) -> surroundings.lookAtKubernetes(sees, at);
            case Act.PressButton _ -> machine.pressButton();
            case Act.Vanish _ -> machine.vanish();
            case Act.Suspend(boolean suspended) -> surroundings.suspend(suspended, at);
            case Act.Rival _ -> surroundings.rival();
            case Act.Restart(boolean snapshot) -> surroundings.restart(snapshot);
        }
        check();
    }

    /** Whatever runs comes to its end, when nothing fails any more. */
    void end() {
        for (int steps = 0; seen.running() != null; steps++) {
            assertThat(steps).as("steps of %s", seen.running()).isLessThan(LONGEST_END);
            play(new Act.Work(Act.Luck.GOOD));
        }
        assertThat(worker.next()).isEmpty();
    }

    /** What has happened in it, by the names of the table. */
    Set<String> facts() {
        return facts;
    }

    private void begin(Act act, NodeCommand.Begin command, boolean stale) {
        var must = Rules.against(act, seen, stale, surroundings.workspace());
        OperationAnswer answer = ledger.send(command);
        facts.add(act.getClass().getSimpleName() + " "
                + must.map(Class::getSimpleName).orElse("accepted"));
        if (must.isPresent()) {
            refused(answer, must.get());
        } else if (answer instanceof OperationAnswer.Unchanged) {
            assertThat(act).isInstanceOf(Act.Relabel.class);
            String before = seen.shown();
            readOn();
            assertThat(seen.shown()).isEqualTo(before);
        } else {
            accepted(answer, command.operationId());
        }
    }

    private void accepted(OperationAnswer answer, String operationId) {
        readOn();
        assertThat(answer).isInstanceOfSatisfying(OperationAnswer.Accepted.class, accepted -> {
            assertThat(accepted.operationId()).isEqualTo(operationId);
            assertThat(accepted.status()).isEqualTo(seen.status());
            assertThat(accepted.sequence()).isEqualTo(read - 1L);
        });
        assertThat(seen.runningId()).isEqualTo(operationId);
    }

    private void refused(OperationAnswer answer, Class<? extends Refusal> why) {
        assertThat(answer).isInstanceOfSatisfying(OperationAnswer.Refused.class, no -> {
            assertThat(no.refusal()).isInstanceOf(why);
            if (no.refusal() instanceof Refusal.OperationInProgress busy) {
                assertThat(busy.operationId()).isEqualTo(seen.runningId());
            }
            if (no.refusal() instanceof Refusal.InvalidState invalid) {
                assertThat(invalid.status()).isEqualTo(seen.status().word());
                assertThat(invalid.allowedFrom()).isNotEmpty();
            }
        });
        assertThat(ledger.nodeEvents(NODE)).as("a refusal leaves nothing").hasSize(read);
    }

    private void delete(NodeCommand.DeleteNode command, boolean stale) {
        DeletionAnswer answer = ledger.send(command);
        var before = seen.running();
        if (seen.status() == NodeStatus.DELETED) {
            refused(answer, new Refusal.NotFound("node", NODE));
        } else if (before != null && before.type() == OperationType.DELETE) {
            repeated(answer, command.force(), stale, before);
        } else if (stale) {
            refused(answer, new Refusal.PreconditionFailed(NODE));
        } else {
            readOn();
            assertThat(seen.runs(OperationType.DELETE)).isTrue();
            assertThat(seen.ended()).as("the operation that was pre-empted").containsAll(idOf(before));
        }
    }

    /** A deletion that was called off goes on only by force, and force is no repeat. */
    private void repeated(DeletionAnswer answer, boolean force, boolean stale, SeenOperation deletion) {
        boolean escalates = force && !deletion.forced();
        if (!escalates && deletion.calledOff()) {
            refused(answer, new Refusal.OperationInProgress(deletion.id()));
        } else if (escalates && stale) {
            refused(answer, new Refusal.PreconditionFailed(NODE));
        } else {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            DeletionAnswer.Deleting.class,
                            deleting -> assertThat(deleting.taskId()).isEqualTo(deletion.id()));
        }
    }

    private void refused(DeletionAnswer answer, Refusal why) {
        assertThat(answer).isEqualTo(new DeletionAnswer.Refused(why));
        assertThat(ledger.nodeEvents(NODE)).as("a refusal leaves nothing").hasSize(read);
    }

    private void cancel(boolean past) {
        var running = seen.running();
        if (past || running == null) {
            String id = seen.ended().isEmpty() ? "op-unknown" : seen.ended().getLast();
            refused(ledger.send(new CancelOperation(NODE, "ws-1", id, commands.now())), Refusal.NotCancellable.class);
        } else {
            boolean repeated = running.calledOff();
            boolean possible = repeated || running.canBeCalledOff();
            OperationAnswer answer = ledger.send(new CancelOperation(NODE, "ws-1", running.id(), commands.now()));
            facts.add((possible ? "cancelled " : "not cancelled ") + running.type());
            if (possible) {
                accepted(answer, running.id());
            } else {
                refused(answer, Refusal.NotCancellable.class);
            }
        }
    }

    private void check() {
        readOn();
        if (seen.running() == null) {
            seen.fitsItsMachine();
        }
        if (seen.status() == NodeStatus.DELETED || (seen.status() == NodeStatus.ERROR && !seen.hasMachine())) {
            assertThat(machine.exists()).as("a machine of a node that has none").isFalse();
        }
        surroundings.checkCredits(seen);
    }

    private void readOn() {
        List<NodeEvent> events = ledger.nodeEvents(NODE);
        String before = seen.shown();
        int from = read;
        while (read < events.size()) {
            NodeEvent event = events.get(read);
            assertThat(event.effectiveAt())
                    .isAfterOrEqualTo(events.get(Math.max(0, read - 1)).effectiveAt());
            seen.add(event);
            worker.add(event);
            facts.add(StateTable.factOf(event));
            formerVersion = NodeVersion.begins(event) ? version : formerVersion;
            version = NodeVersion.begins(event) ? read : version;
            read++;
        }
        if (!seen.shown().equals(before)) {
            assertThat(version).as("version after %s", seen.shown()).isGreaterThanOrEqualTo(from);
        }
    }

    private Optional<Long> belief(Act.Belief belief) {
        return switch (belief) {
            case NONE -> Optional.empty();
            case CURRENT -> Optional.of(version);
            case STALE -> Optional.of(formerVersion);
        };
    }

    private static boolean stale(Act.Belief belief) {
        return belief == Act.Belief.STALE;
    }

    private static List<String> idOf(@Nullable SeenOperation operation) {
        return operation == null ? List.of() : List.of(operation.id());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
