package io.nodeledger.provisioner.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.provisioner.ProvisionerConfiguration;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real provisioner on a real PostgreSQL, and both clusters of a region over the wire, without any delays. */
final class ReconciledWorld implements AutoCloseable {
    static final String REGION = "us-west-2";
    static final int FIRST_ID = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 20, "1Gbps", "x86_64"));

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ProvisionerConfiguration.class)
    static class Provisioner {}

    final ProxmoxSimulator proxmox;
    final KubernetesSimulator kubernetes;
    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = PostgresServer.newDatabase();
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();
    private final Set<String> nodes = new HashSet<>();

    ReconciledWorld(Path folder) throws IOException {
        kubernetes = KubernetesSimulator.start(
                new KubernetesSimulatorSettings(REGION, folder.resolve("kubernetes"), 0, 0, 1, false, 1000), vertx);
        proxmox = ProxmoxSimulator.start(
                vertx,
                ProxmoxSimulatorSettings.of(REGION, folder.resolve("proxmox")).withTimeScale(0),
                kubernetes.machineListener());
    }

    /** Passes are made by the test alone. */
    ReconciledWorld begin() throws IOException {
        return begin("--nodeledger.reconciler.every=1h");
    }

    /** Starts an instance, or one more. */
    ReconciledWorld begin(String... settings) throws IOException {
        var region = "--nodeledger.regions[0].";
        instances.add(new SpringApplicationBuilder(Provisioner.class)
                .web(WebApplicationType.NONE)
                .run(Stream.of(
                                database.asArguments(),
                                new String[] {
                                    region + "id=" + REGION,
                                    region + "proxmox.url=" + proxmox.url(),
                                    region + "proxmox.token=" + proxmox.token(),
                                    region + "proxmox.fingerprint=" + proxmox.fingerprint(),
                                    region + "proxmox.template=9000",
                                    region + "proxmox.storage=shared",
                                    region + "proxmox.pool=nodeledger",
                                    region + "proxmox.bridge=vmbr0",
                                    region + "proxmox.vmid-range=100000-199999",
                                    region + "kubernetes.kubeconfig=" + kubernetes.kubeconfig()
                                },
                                settings)
                        .flatMap(Stream::of)
                        .toArray(String[]::new)));
        if (instances.size() == 1) {
            send(new PutWorkspace("ws-1", WorkspacePlan.ENTERPRISE, REGION, null, null, false, Instant.now()));
            send(new GrantCredits("ws-1", new BigDecimal("100000"), null, Instant.now()));
        }
        return this;
    }

    /** A world as it was before the last test: no nodes, no machines, nothing noted. */
    void clear() throws InterruptedException {
        proxmox.faults().clear();
        kubernetes.faults().clear();
        // An operation that went on would tell the table of a node that it has forgotten.
        nodes.stream().filter(id -> known(id).isInFlight()).forEach(id -> {
            delete(id, true);
            awaitStatus(id, NodeStatus.DELETED);
        });
        machines().forEach(machine -> proxmox.vanish(machine.vmId()));
        kubernetesClient().nodes().withLabel(NodeContract.NODE_ID_LABEL).delete();
        caughtUp();
        nodes.clear();
        for (String table : List.of("known_node", "drift", "machine_sighting", "reconciled_region")) {
            jdbc().sql("truncate provisioner." + table).update();
        }
    }

    /** Asks for a node. */
    String order() {
        String id = Ids.node();
        nodes.add(id);
        send(new ProvisionNode(
                "ws-1",
                id,
                Ids.task(),
                "n-" + id.substring(20),
                null,
                MEDIUM,
                List.of(REGION),
                Map.of(),
                Map.of(),
                List.of(),
                600,
                Instant.now()));
        return id;
    }

    /** A node that runs. */
    String running() {
        String id = order();
        awaitStatus(id, NodeStatus.RUNNING);
        return id;
    }

    /** A node that was deleted. */
    String deleted() {
        String id = running();
        delete(id, false);
        awaitStatus(id, NodeStatus.DELETED);
        return id;
    }

    void delete(String nodeId, boolean force) {
        send(new DeleteNode(nodeId, "ws-1", Ids.task(), force, 3600, 60, Instant.now()));
    }

    void awaitStatus(String nodeId, NodeStatus status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(known(nodeId).status()).isEqualTo(status));
    }

    /** A pass by somebody whose tables are up to date. */
    void pass() throws InterruptedException {
        caughtUp();
        bean(Reconciler.class).pass(REGION, () -> true);
    }

    void passes(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pass();
        }
    }

    private void caughtUp() {
        var table = new KnownNodes(jdbc());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> nodes.stream()
                        .allMatch(id -> table.find(id)
                                .equals(Optional.of(known(id)).filter(node -> node.status() != NodeStatus.DELETED))));
    }

    /** What the node's stream says. */
    KnownNode known(String nodeId) {
        return new NodeReader(bean(EventStore.class)).read(nodeId).orElseThrow().node();
    }

    int vmId(String nodeId) {
        return Objects.requireNonNull(known(nodeId).footprint().machine()).vmId();
    }

    List<DomainEventMessage<?>> stream(String streamId) {
        var events = new ArrayList<DomainEventMessage<?>>();
        bean(EventStore.class).readEvents(streamId, 0).forEachRemaining(events::add);
        return events;
    }

    List<NodeEvent> events(String nodeId) {
        return stream(nodeId).stream()
                .map(event -> (NodeEvent) event.getPayload())
                .toList();
    }

    List<Object> workspaceEvents() {
        return stream(WorkspaceCommand.streamIdOf("ws-1")).stream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    /** What is observed of a node, in its order. */
    List<NodeEvent> observed(String nodeId) {
        return events(nodeId).stream()
                .filter(NodeEvent.Observed.class::isInstance)
                .toList();
    }

    /** The machines other than the template. */
    List<MachineRow> machines() {
        return client().listing().machines().stream()
                .filter(row -> !row.template())
                .toList();
    }

    boolean exists(int vmId) {
        return client().listing().machine(vmId).isPresent();
    }

    /** Makes a machine as an operator would, whose description says this. */
    void makeMachine(int vmId, String description) {
        String host = client().listing().machine(9000).orElseThrow().host();
        client().clone(new CloneOrder(host, 9000, vmId, "made-by-hand", description, host, "shared", "nodeledger"));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> client().config(host, vmId).lock() == null);
    }

    /** Somebody writes something else about a machine. */
    void describe(int vmId, String description) {
        String host = client().listing().machine(vmId).orElseThrow().host();
        client().configure(host, vmId, Map.of("description", description));
        await().atMost(PATIENCE)
                .until(() -> OwnerMarker.ownerOf(client().config(host, vmId)).isEmpty());
    }

    /** What is noted as different, as {@code kind action}. */
    List<String> drift() {
        return jdbc().sql("""
                        select kind || ' ' || action from provisioner.drift
                         where confirmed or action <> 'none' order by id""").query(String.class).list();
    }

    /** Why the breaker is open; empty while it is closed. */
    Optional<String> breaker() {
        return new RegionStates(jdbc()).openBecause(REGION);
    }

    ProxmoxClient client() {
        return bean(ProxmoxRegions.class).region(REGION).client();
    }

    KubernetesClient kubernetesClient() {
        return bean(KubernetesRegions.class).of(REGION).client();
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    void send(Object command) {
        bean(CommandGateway.class).sendAndWait(command);
    }

    <T> T bean(Class<T> type) {
        return instances.getFirst().getBean(type);
    }

    @Override
    public void close() throws IOException {
        instances.forEach(ConfigurableApplicationContext::close);
        proxmox.close();
        kubernetes.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
