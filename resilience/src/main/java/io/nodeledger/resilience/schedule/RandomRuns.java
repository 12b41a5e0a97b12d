package io.nodeledger.resilience.schedule;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.world.NodeCommands;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs schedules of commands, crashes, faults and incidents. In the end every fault is healed and every node deleted, so
 * that whatever happened, nothing may be left.
 */
public final class RandomRuns {
    private final Harness harness;
    private final List<Call> calls;
    private boolean blind;

    public RandomRuns(Harness harness, List<Call> calls) {
        this.harness = harness;
        this.calls = calls;
    }

    /**
     * Runs a schedule.
     *
     * @return what is not as it has to be
     */
    public List<String> run(List<Act> acts) throws InterruptedException {
        List<NodeScript> nodes = IntStream.range(0, RandomActs.NODES)
                .mapToObj(_ -> new NodeScript(harness.stores()))
                .toList();
        var found = new ArrayList<String>();
        try {
            for (Act act : acts) {
                play(act, nodes);
            }
        } finally {
            heal();
        }
        for (NodeScript node : nodes) {
            if (node.wanted() && !harness.until(node::done, () -> node.next(harness.life()))) {
                found.add("I4: %s is still %s; steps %s"
                        .formatted(
                                node.nodeId(),
                                node.story().status(),
                                harness.stores().steps()));
            }
        }
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }

    private void play(Act act, List<NodeScript> nodes) throws InterruptedException {
        switch (act) {
            case Act.Provision(int node) -> nodes.get(node).provision(harness.life());
            case Act.Delete(int node, boolean force) -> nodes.get(node).delete(harness.life(), force);
            case Act.Switch(int node, OperationType type) ->
                nodes.get(node)
                        .ask(harness.life(), NodeCommands.power(nodes.get(node).nodeId(), type));
            case Act.Relabel(int node, String value) ->
                nodes.get(node)
                        .ask(
                                harness.life(),
                                NodeCommands.relabel(nodes.get(node).nodeId(), value));
            case Act.Retry(int node) ->
                nodes.get(node)
                        .ask(harness.life(), NodeCommands.retry(nodes.get(node).nodeId()));
            case Act.Cancel(int node) -> nodes.get(node).cancel(harness.life());
            case Act.Pause(int millis) -> Thread.sleep(millis);
            case Act.Crash _ -> {
                harness.life().crashes().crashNow();
                harness.restart(null);
            }
            case Act.Break(int call, FaultRuns.Trouble trouble) -> {
                FaultRuns.faultsOf(harness, calls.get(call)).add(FaultRuns.fault(calls.get(call), trouble));
                if (calls.get(call).leavesSeed(trouble)) {
                    nodes.forEach(node -> harness.expectSeedLeft(node.nodeId()));
                }
            }
            case Act.Outage(boolean proxmox) -> outage(proxmox);
            case Act.Heal _ -> heal();
            case Act.Vanish(int node) ->
                onMachine(nodes.get(node), machine -> harness.world().proxmox().vanish(machine.vmId()));
            case Act.Migrate(int node) ->
                onMachine(nodes.get(node), machine -> harness.world().proxmox().migrate(machine.vmId()));
            case Act.Power(int node, boolean on) ->
                onMachine(nodes.get(node), machine -> harness.world().proxmox().power(machine.vmId(), on));
            case Act.Silence(int node) -> silence(nodes.get(node));
        }
    }

    private void outage(boolean proxmox) {
        var world = harness.world();
        if (proxmox) {
            blind = true;
            world.proxmox()
                    .faults()
                    .add(Fault.always(FaultKind.STATUS, ".*").withStatus(595).withReason("No route to host"));
        } else {
            world.kubernetes().faults().add(Fault.always(FaultKind.PARTITION, ".*"));
        }
    }

    private void heal() {
        blind = false;
        harness.world().proxmox().faults().clear();
        harness.world().kubernetes().faults().clear();
    }

    /** What happens to a machine that is not there, or not to be seen, happens to none. */
    private void onMachine(NodeScript node, Consumer<Machine> incident) {
        if (!blind && !node.story().busy()) {
            machineOf(node).ifPresent(incident);
        }
    }

    private Optional<Machine> machineOf(NodeScript node) {
        return harness.machines().stream()
                .filter(machine -> machine.name().equals(node.nodeId()))
                .findFirst();
    }

    /** A machine that is off has no kubelet that could fall silent. */
    private void silence(NodeScript node) {
        onMachine(node, machine -> {
            if (node.story().status().equals("running") && machine.status().equals("running")) {
                harness.world().kubernetes().silence(node.nodeId() + "-k8s");
            }
        });
    }
}
