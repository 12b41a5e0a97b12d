package io.nodeledger.provisioner.reconciliation;

import static io.nodeledger.provisioner.reconciliation.Compared.LISTED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever nodes and machines there are, what is in flight or foreign is never suspected. */
class ComparisonProperties {
    @Property(tries = 500)
    void nothing_in_flight_is_ever_suspected(
            @ForAll("nodes") List<KnownNode> nodes, @ForAll("machines") List<MachineRow> machines) {
        Set<String> inFlight = nodes.stream()
                .filter(node -> !node.isSettledBefore(LISTED_AT))
                .map(KnownNode::nodeId)
                .collect(Collectors.toSet());
        Set<Integer> theirs = nodes.stream()
                .filter(node -> inFlight.contains(node.nodeId()))
                .flatMap(node -> node.footprint().allocated().stream())
                .collect(Collectors.toSet());

        var suspicions = Compared.compare(nodes, machines);

        assertThat(suspicions)
                .noneMatch(suspicion -> suspicion.nodeId() != null && inFlight.contains(suspicion.nodeId()))
                .noneMatch(suspicion -> theirs.contains(suspicion.vmId()));
    }

    @Property(tries = 500)
    void nothing_foreign_is_ever_suspected_and_nothing_twice(
            @ForAll("nodes") List<KnownNode> nodes, @ForAll("machines") List<MachineRow> machines) {
        Set<Integer> foreign = machines.stream()
                .filter(row -> row.tags() == null && row.vmId() < 100_000)
                .map(MachineRow::vmId)
                .collect(Collectors.toSet());

        var suspicions = Compared.compare(nodes, machines);

        assertThat(suspicions).noneMatch(suspicion -> foreign.contains(suspicion.vmId()));
        assertThat(suspicions).extracting(Suspicion::subject).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<KnownNode>> nodes() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 12);
        return Combinators.combine(
                        numbers,
                        Arbitraries.of(NodeStatus.class),
                        Arbitraries.of(-60, -1, 0, 5),
                        Arbitraries.of(true, false))
                .as((number, status, settled, busy) ->
                        Compared.node(number, status, busy ? "task" : null, LISTED_AT.plusSeconds(settled)))
                .list()
                .uniqueElements(KnownNode::nodeId)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<MachineRow>> machines() {
        Arbitrary<Integer> vmIds = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 12).map(Compared::vmId),
                Arbitraries.integers().between(100, 105));
        Arbitrary<String> tags = Arbitraries.integers()
                .between(0, 12)
                .map(number -> "nodeledger;" + Compared.id(number))
                .injectNull(0.4);
        return Combinators.combine(vmIds, Arbitraries.of("pve1", "pve2", "dead"), Arbitraries.of(true, false), tags)
                .as(Compared::row)
                .list()
                .uniqueElements(MachineRow::vmId)
                .ofMaxSize(15);
    }
}
