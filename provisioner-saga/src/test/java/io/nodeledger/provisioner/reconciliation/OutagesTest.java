package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outages of a provider that look like a loss of everything (source: reliability, case 18). */
class OutagesTest {
    private static final String LISTING = "^/cluster/resources";
    private static final String NODES = "/api/v1/nodes";
    private static ReconciledWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new ReconciledWorld(folder).begin();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @BeforeEach
    void clear() throws Exception {
        world.clear();
    }

    interface Outage {
        void begin();
    }

    static Stream<Named<Outage>> outages() {
        return Stream.of(
                Named.of(
                        "Proxmox does not answer",
                        () -> proxmox(Fault.always(FaultKind.STATUS, ".*").withStatus(595))),
                Named.of("Proxmox lists nothing", () -> proxmox(Fault.always(FaultKind.EMPTY_LIST, LISTING))),
                Named.of("Proxmox denies the list", () -> proxmox(Fault.always(FaultKind.DENIED, LISTING))),
                Named.of("Kubernetes is not to be reached", () -> kubernetes(Fault.always(FaultKind.PARTITION, ".*"))),
                Named.of("Kubernetes lists nothing", () -> kubernetes(Fault.always(FaultKind.EMPTY_LIST, NODES))),
                Named.of("Kubernetes denies the list", () -> kubernetes(Fault.always(FaultKind.DENIED, NODES))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void case_18_an_outage_deletes_nothing_and_changes_no_node(Outage outage) throws Exception {
        String node = world.running();
        world.pass();
        outage.begin();

        world.passes(4);

        assertThat(world.breaker()).isPresent();
        assertThat(world.observed(node)).isEmpty();
        world.proxmox.faults().clear();
        world.kubernetes.faults().clear();
        world.passes(3);
        assertThat(world.breaker()).isEmpty();
        assertThat(world.observed(node)).isEmpty();
        assertThat(world.exists(world.vmId(node))).isTrue();
        assertThat(world.drift()).isEmpty();
    }

    @Test
    void more_losses_at_once_than_allowed_are_held_back_until_an_operator_accepts_them() throws Exception {
        List<String> nodes = IntStream.range(0, 5).mapToObj(_ -> world.order()).toList();
        nodes.forEach(node -> world.awaitStatus(node, NodeStatus.RUNNING));
        world.pass();
        nodes.stream().limit(4).forEach(node -> world.proxmox.vanish(world.vmId(node)));

        world.passes(4);

        assertThat(world.breaker())
                .hasValueSatisfying(reason -> assertThat(reason).contains("4 changes at once"));
        assertThat(nodes).allSatisfy(node -> assertThat(world.observed(node)).isEmpty());
        assertThat(world.drift()).containsOnly("machine_vanished held_back").hasSize(4);

        accept();
        world.pass();

        assertThat(nodes.subList(0, 4))
                .allSatisfy(node -> assertThat(world.known(node).status()).isEqualTo(NodeStatus.ERROR))
                .allSatisfy(node -> assertThat(world.stream(node).getLast().getMetaData())
                        .containsEntry(Cause.REQUEST_ID, "req-accept"));
        assertThat(world.observed(nodes.getLast())).isEmpty();
        assertThat(world.breaker()).isEmpty();
    }

    @Test
    void what_was_accepted_is_no_licence_for_the_next_losses() throws Exception {
        List<String> nodes = IntStream.range(0, 8).mapToObj(_ -> world.order()).toList();
        nodes.forEach(node -> world.awaitStatus(node, NodeStatus.RUNNING));
        nodes.stream().limit(4).forEach(node -> world.proxmox.vanish(world.vmId(node)));
        world.passes(2);
        accept();
        world.pass();
        nodes.stream().skip(4).forEach(node -> world.proxmox.vanish(world.vmId(node)));

        world.passes(3);

        assertThat(world.breaker()).isPresent();
        assertThat(nodes.subList(4, 8))
                .allSatisfy(node -> assertThat(world.observed(node)).isEmpty());
    }

    /** As the write door for people leaves it. */
    private static void accept() {
        world.jdbc().sql("""
                        update provisioner.reconciled_region
                           set accepted_changes = held_back, accepted_at = now(), accepted_by = 'operator',
                               accepted_request = 'req-accept'""").update();
    }

    private static void proxmox(Fault fault) {
        world.proxmox.faults().add(fault);
    }

    private static void kubernetes(Fault fault) {
        world.kubernetes.faults().add(fault);
    }
}
