package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.testing.DatabaseBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The database of an earlier moment is put back, so that nodes made since are unknown to it and a node deleted since
 * still lives in it. Its reconciler has to be made to look often.
 */
public final class RestoreRuns {
    /** Setting with which the reconciler looks often enough for this. */
    public static final String OFTEN = "--nodeledger.reconciler.every=1s";

    private static final int LONGEST_MOMENT = 1000;

    private final Harness harness;

    public RestoreRuns(Harness harness) {
        this.harness = harness;
    }

    /**
     * Goes back in time once; a seed chooses in what moment of other nodes' provisioning the backup is taken.
     *
     * @return what is not as it has to be
     */
    public List<String> run(long seed) throws InterruptedException {
        List<NodeScript> staying = provisioned(2);
        NodeScript going = provisioned(1).getFirst();
        become(staying, "running");
        become(List.of(going), "running");
        List<NodeScript> coming = provisioned(3);
        Thread.sleep(new Random(seed).nextInt(LONGEST_MOMENT));
        harness.life().crashes().crashNow();
        var backup = DatabaseBackup.of(harness.world().database());
        harness.restart(null);

        List<NodeScript> unknown = provisioned(3);
        going.goOn(harness.life());
        become(coming, "running");
        become(unknown, "running");
        become(List.of(going), "deleted");
        harness.stop();
        backup.restore();
        going.forgetAnswers();
        harness.disown(ids(unknown));
        Set<Integer> foreign = harness.machines().stream()
                .filter(machine -> ids(unknown).contains(machine.name()))
                .map(Machine::vmId)
                .collect(Collectors.toSet());
        harness.begin();

        var found = new ArrayList<String>();
        List<NodeScript> fresh = provisioned(2);
        become(fresh, "running");
        become(coming, "running");
        if (!harness.until(
                () -> harness.stores().drifting("unknown_machine").containsAll(ids(unknown)), () -> {})) {
            found.add("F18: nobody is told of the machines of %s, but of %s"
                    .formatted(ids(unknown), harness.stores().drifting("unknown_machine")));
        }
        if (!become(List.of(going), "error")) {
            found.add("F18: %s is %s, and not found to have vanished"
                    .formatted(going.nodeId(), going.story().status()));
        }
        harness.machines().stream()
                .filter(machine -> foreign.contains(machine.vmId())
                        && !ids(unknown).contains(machine.name()))
                .forEach(machine -> found.add("F18: the id of an unknown machine was given to " + machine));
        found.addAll(harness.violationsOnceQuiet());
        staying.stream()
                .filter(node -> !node.story().status().equals("running"))
                .forEach(node -> found.add("F18: %s was not touched and is %s"
                        .formatted(node.nodeId(), node.story().status())));

        List<NodeScript> all = Stream.of(staying, List.of(going), coming, fresh)
                .flatMap(List::stream)
                .toList();
        for (NodeScript node : all) {
            if (!harness.until(node::done, () -> node.goOn(harness.life()))) {
                found.add("I4: %s is still %s".formatted(node.nodeId(), node.story().status()));
            }
        }
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }

    private boolean become(List<NodeScript> nodes, String status) throws InterruptedException {
        return harness.allBecome(ids(nodes), status);
    }

    private List<NodeScript> provisioned(int count) {
        List<NodeScript> nodes = Stream.generate(() -> new NodeScript(harness.stores()))
                .limit(count)
                .toList();
        nodes.forEach(node -> node.provision(harness.life()));
        return nodes;
    }

    private static List<String> ids(List<NodeScript> nodes) {
        return nodes.stream().map(NodeScript::nodeId).toList();
    }
}
