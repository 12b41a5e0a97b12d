package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.RecordedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Nodes that are asked for together. */
final class Crowd {
    private final Harness harness;
    private final List<NodeScript> nodes;

    private Crowd(Harness harness, List<NodeScript> nodes) {
        this.harness = harness;
        this.nodes = nodes;
    }

    /** Asks for so many nodes. */
    static Crowd of(int size, Harness harness) {
        List<NodeScript> nodes = Stream.generate(() -> new NodeScript(harness.stores()))
                .limit(size)
                .toList();
        nodes.forEach(node -> node.provision(harness.life()));
        return new Crowd(harness, nodes);
    }

    /** All nodes of several crowds. */
    static Crowd of(Crowd... crowds) {
        return new Crowd(
                crowds[0].harness,
                Stream.of(crowds).flatMap(crowd -> crowd.nodes.stream()).toList());
    }

    List<String> ids() {
        return nodes.stream().map(NodeScript::nodeId).toList();
    }

    /** Waits until all have a status; says what is not so in the end. */
    List<String> become(String status) throws InterruptedException {
        return harness.allBecome(ids(), status) ? List.of() : notIn(status);
    }

    /** Says which have another status now. */
    List<String> notIn(String status) {
        return nodes.stream()
                .filter(node -> !node.story().status().equals(status))
                .map(node -> "I4: %s is %s and not %s; steps %s"
                        .formatted(
                                node.nodeId(),
                                node.story().status(),
                                status,
                                harness.stores().steps()))
                .toList();
    }

    /** The events of these types in their streams. */
    List<RecordedEvent> events(Collection<String> types) {
        Set<String> wanted = Set.copyOf(types);
        return ids().stream()
                .flatMap(id -> harness.stores().stream(id).stream())
                .filter(event -> wanted.contains(event.type()))
                .toList();
    }

    /** Asks once for the deletion of those that are in nothing else. */
    void delete() {
        nodes.forEach(node -> node.goOn(harness.life()));
    }

    /** The database is an older one: what was accepted since is not to be found in it. */
    void forgetAnswers() {
        nodes.forEach(NodeScript::forgetAnswers);
    }

    /** Brings all of them to their end; says what is not as it has to be then. */
    List<String> end() throws InterruptedException {
        var found = new ArrayList<String>();
        delete();
        for (NodeScript node : nodes) {
            if (!harness.until(node::done, () -> node.goOn(harness.life()))) {
                found.add("I4: %s can't be deleted and is %s"
                        .formatted(node.nodeId(), node.story().status()));
            }
        }
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }
}
