package io.nodeledger.resilience.check;

import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.resilience.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks the invariants once nothing is under way any more (source: reliability, "Invariants"). It reads the event log,
 * the provisioner's tables and the providers, and knows nothing of how the product works.
 */
public final class Checker implements AutoCloseable {
    private static final String WORKSPACE = "workspace:";
    private static final String TRANSITION = "trans-";

    private final Stores stores;
    private final Providers providers;
    private final Map<Machine, String> foreign = new LinkedHashMap<>();
    private final Set<String> withSeedLeft = new HashSet<>();
    private final Set<String> withTokenLeft = new HashSet<>();
    private final Set<String> disowned = new HashSet<>();

    public Checker(World world) throws IOException {
        this.stores = new Stores(world.database());
        this.providers = new Providers(world);
    }

    /** The machines there are now belong to somebody else: none of them may be touched from here on. */
    public void rememberForeignMachines() {
        foreign.clear();
        providers.machines().forEach(machine -> foreign.put(machine, providers.config(machine)));
    }

    /** These nodes are not the product's any more: none of their machines and Kubernetes nodes may be touched. */
    public void disown(List<String> nodeIds) {
        disowned.addAll(nodeIds);
        withSeedLeft.addAll(nodeIds);
        providers.machines().stream()
                .filter(machine -> nodeIds.contains(machine.name()))
                .forEach(machine -> foreign.put(machine, providers.config(machine)));
    }

    /** The node's seed may stay for ever: the provider never lets it go, and its token is dead. */
    public void expectSeedLeft(String nodeId) {
        withSeedLeft.add(nodeId);
    }

    /**
     * These nodes may have a join token while they run: one whose making was late nobody has a use for, and it goes with
     * its node, if its hour is not over before.
     */
    public void expectTokensLeft(List<String> nodeIds) {
        withTokenLeft.addAll(nodeIds);
    }

    /** The providers, asked directly. */
    public Providers providers() {
        return providers;
    }

    /** The stores, read directly. */
    public Stores stores() {
        return stores;
    }

    /** Everything that is not as it has to be; empty when all is well. */
    public List<String> violations() {
        var found = new ArrayList<String>();
        var nodes = new TreeMap<String, NodeStory>();
        var workspaces = new TreeMap<String, WorkspaceStory>();
        var transitions = new TreeMap<String, TransitionStory>();
        stores.streams().forEach((stream, events) -> {
            if (stream.startsWith(WORKSPACE)) {
                workspaces.put(stream.substring(WORKSPACE.length()), WorkspaceStory.of(stream, events));
            } else if (stream.startsWith(TRANSITION)) {
                transitions.put(stream, TransitionStory.of(stream, events));
            } else {
                nodes.put(stream, NodeStory.of(stream, events));
            }
        });
        nodes.values().forEach(node -> found.addAll(node.violations()));
        workspaces.values().forEach(workspace -> found.addAll(workspace.violations()));
        nothingUnderWay(nodes, found);
        transitions(nodes, transitions, found);
        credits(nodes, workspaces, found);
        machines(nodes, found);
        kubernetes(nodes, found);
        foreignMachines(found);
        return found;
    }

    private void nothingUnderWay(Map<String, NodeStory> nodes, List<String> found) {
        nodes.forEach((id, node) -> {
            if (node.busy()) {
                found.add("I4: an operation of %s (%s) has not ended".formatted(id, node.status()));
            }
        });
        stores.steps().forEach(step -> found.add("I4: the step " + step + " is left over"));
        for (String table : List.of("saga_entry", "association_value_entry", "held_operation", "running_transition")) {
            int rows = stores.rows(table);
            if (rows > 0) {
                found.add("I4: %d rows are left in %s".formatted(rows, table));
            }
        }
    }

    private void transitions(
            Map<String, NodeStory> nodes, Map<String, TransitionStory> transitions, List<String> found) {
        transitions.forEach((id, transition) -> {
            found.addAll(transition.violations());
            if (transition.end().isEmpty()) {
                found.add("I4: the transition " + id + " has not ended");
            }
        });
        nodes.forEach((id, node) -> {
            if (!node.transition().isEmpty() && !node.status().equals("deleted")) {
                found.add("I9: %s still belongs to %s".formatted(id, node.transition()));
            }
        });
    }

    private void credits(Map<String, NodeStory> nodes, Map<String, WorkspaceStory> workspaces, List<String> found) {
        var live = new TreeMap<String, String>();
        workspaces.values().forEach(workspace -> {
            live.putAll(workspace.live());
            workspace.holds().keySet().stream()
                    .filter(node -> !story(nodes, node).hasMachine()
                            && !story(nodes, node).mayHaveMachine())
                    .forEach(node -> found.add("I11: credits are held for %s, which is in '%s'"
                            .formatted(node, story(nodes, node).status())));
        });
        nodes.forEach((id, node) -> {
            if (live.containsKey(id) == node.status().equals("deleted")) {
                found.add("I12: %s is %s, but counts as %s"
                        .formatted(id, node.status(), live.containsKey(id) ? "live" : "released"));
            }
        });
        live.keySet().stream()
                .filter(id -> !nodes.containsKey(id))
                .forEach(id -> found.add("I10: %s was admitted, but has no stream".formatted(id)));
    }

    private void machines(Map<String, NodeStory> nodes, List<String> found) {
        List<Machine> ours = providers.machines().stream()
                .filter(machine -> foreign.keySet().stream().noneMatch(other -> other.vmId() == machine.vmId()))
                .toList();
        Map<String, List<Machine>> byNode = ours.stream().collect(Collectors.groupingBy(Machine::name));
        byNode.forEach((id, machines) -> {
            if (machines.size() > 1) {
                found.add("I2: %s has %d machines: %s".formatted(id, machines.size(), machines));
            }
            NodeStory node = story(nodes, id);
            if (!node.hasMachine() && !node.mayHaveMachine()) {
                found.add("I1: %s is left over of %s, which is in '%s'".formatted(machines, id, node.status()));
            }
        });
        nodes.forEach((id, node) -> byNode.getOrDefault(id, List.of()).stream()
                .filter(machine -> node.hasMachine()
                        && !node.busy()
                        && machine.isOn() != node.status().equals("running"))
                .forEach(machine -> found.add("%s says that it is %s, and its machine is %s"
                        .formatted(id, node.status(), machine.status()))));
        Map<String, Integer> ids = stores.machineIds();
        nodes.forEach((id, node) -> {
            if (node.hasMachine() && !byNode.containsKey(id)) {
                found.add("I1: %s is %s without a machine".formatted(id, node.status()));
            }
            if (ids.containsKey(id) && !node.hasMachine() && !node.mayHaveMachine() && !node.hasVanished()) {
                found.add("I1: %s (%s) still holds the machine id %d".formatted(id, node.status(), ids.get(id)));
            }
        });
        providers.images().stream()
                .filter(image -> withSeedLeft.stream().noneMatch(image::contains))
                .filter(image -> nodes.entrySet().stream()
                        .noneMatch(node -> image.contains(node.getKey())
                                && (node.getValue().hasMachine()
                                        || node.getValue().mayHaveMachine())))
                .forEach(image -> found.add("I1: the seed " + image + " is left over"));
    }

    private void kubernetes(Map<String, NodeStory> nodes, List<String> found) {
        List<String> joined = providers.kubernetesNodes();
        disowned.stream()
                .filter(id -> !joined.contains(id + "-k8s"))
                .forEach(id -> found.add("I16: the Kubernetes node of %s is gone".formatted(id)));
        joined.stream()
                .filter(name -> disowned.stream().noneMatch(name::startsWith))
                .filter(name -> {
                    NodeStory node = story(nodes, name.replaceAll("-k8s$", ""));
                    return !node.hasMachine() && !node.mayHaveMachine();
                })
                .forEach(name -> found.add("I1: the Kubernetes node " + name + " is left over"));
        nodes.forEach((id, node) -> {
            if (node.status().equals("running") && !joined.contains(id + "-k8s")) {
                found.add("I1: %s is running without a Kubernetes node".formatted(id));
            }
        });
        Set.copyOf(providers.joinTokens()).stream()
                .filter(id -> !story(nodes, id).mayHaveMachine())
                .filter(id -> !withTokenLeft.contains(id) || !story(nodes, id).hasMachine())
                .forEach(id -> found.add("I1: a join token of %s (%s) is left over"
                        .formatted(id, story(nodes, id).status())));
    }

    private void foreignMachines(List<String> found) {
        List<Machine> present = providers.machines();
        foreign.forEach((machine, config) -> {
            if (!present.contains(machine)) {
                found.add("I16: the foreign machine %s is gone or changed".formatted(machine));
            } else if (!providers.config(machine).equals(config)) {
                found.add("I16: the foreign machine %s was reconfigured".formatted(machine));
            }
        });
    }

    private static NodeStory story(Map<String, NodeStory> nodes, String id) {
        return nodes.getOrDefault(id, NodeStory.of(id, List.of()));
    }

    @Override
    public void close() {
        providers.close();
    }
}
