package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.provisioner.region.RegionsSettings.Kubernetes;
import io.nodeledger.provisioner.region.RegionsSettings.Proxmox;
import io.nodeledger.provisioner.region.RegionsSettings.Region;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.vertx.core.Vertx;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A simulated cluster without delays whose last nodes are the workspace's dedicated ones, and a namespace of it. */
final class MovedWorld implements AutoCloseable {
    static final String WORKSPACE = "ws-shop";
    static final String NAMESPACE = "shop";
    static final Target.Dedicated DEDICATED = new Target.Dedicated(WORKSPACE, List.of());
    static final Target SHARED = new Target.Shared();
    static final List<String> NAMESPACES = List.of(NAMESPACE);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    final KubernetesSimulator simulator;
    private final KubernetesRegions regions;
    final int shared;
    final int dedicated;
    /** By how much those who move pods believe it to be later than it is. */
    int minutesLater;

    MovedWorld(Path folder, int shared, int dedicated) {
        this(new KubernetesSimulatorSettings("us-west-2", folder, 0, 0, shared + dedicated, false, 50_000), dedicated);
    }

    MovedWorld(KubernetesSimulatorSettings settings, int dedicated) {
        this.shared = settings.sharedNodes() - dedicated;
        this.dedicated = dedicated;
        this.simulator = KubernetesSimulator.start(settings, vertx);
        this.regions = new KubernetesRegions(new RegionsSettings(List.of(new Region(
                "us-west-2",
                new Proxmox(
                        "https://localhost",
                        "a@pve!b=c",
                        null,
                        null,
                        9000,
                        "local",
                        null,
                        null,
                        null,
                        "vmbr0",
                        "100-199"),
                new Kubernetes(simulator.kubeconfig())))));
        await().atMost(PATIENCE).until(() -> client().nodes().list().getItems().size() == settings.sharedNodes());
        dedicatedNodes().forEach(this::dedicate);
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .withLabels(Map.of(WorkspaceNamespaces.LABEL, WORKSPACE))
                        .endMetadata()
                        .build())
                .create();
    }

    private void dedicate(String name) {
        edit(
                name,
                node -> node.edit()
                        .editMetadata()
                        .addToLabels(DEDICATED.selector())
                        .endMetadata()
                        .editSpec()
                        .addNewTaint()
                        .withKey(Target.WORKSPACE_TAINT)
                        .withValue(WORKSPACE)
                        .withEffect("NoSchedule")
                        .endTaint()
                        .endSpec()
                        .build());
    }

    /** Gives a node the labels of dedicated ones, or takes them away; its taint stays. */
    void label(String name, String nodeType) {
        edit(
                name,
                node -> node.edit()
                        .editMetadata()
                        .addToLabels(DEDICATED.selector())
                        .addToLabels("node-type", nodeType)
                        .endMetadata()
                        .build());
    }

    /** Changes a node as it was read, which its kubelet and the cluster's controllers change too. */
    void edit(String name, UnaryOperator<Node> change) {
        while (true) {
            Node read = client().nodes().withName(name).get();
            try {
                client().resource(change.apply(read)).update();
                return;
            } catch (KubernetesClientException failure) {
                if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw failure;
                }
            }
        }
    }

    KubernetesRegion region() {
        return regions.of("us-west-2");
    }

    KubernetesClient client() {
        return region().client();
    }

    /** Somebody who knows nothing of what was before. */
    WorkspaceMoves moves() {
        return moves(16);
    }

    WorkspaceMoves moves(int parallel) {
        return new WorkspaceMoves(
                region(),
                new DrainSettings(Duration.ofMillis(1), parallel, Duration.ofSeconds(2)),
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutesLater)));
    }

    Set<String> dedicatedNodes() {
        return IntStream.rangeClosed(shared + 1, shared + dedicated)
                .mapToObj(number -> "shared-" + number)
                .collect(Collectors.toSet());
    }

    MoveRequest toDedicated(Pace pace) {
        return MoveRequest.toDedicated(NAMESPACES, DEDICATED, pace, Map.of());
    }

    MoveRequest toShared(Pace pace) {
        return MoveRequest.toShared(NAMESPACES, dedicatedNodes(), pace, Map.of());
    }

    void directed(Target target) throws InterruptedException {
        assertThat(directing(target, () -> {}).direct(NAMESPACES)).isEmpty();
    }

    Directing directing(Target target, Runnable assertLease) {
        return new Directing(client(), target, assertLease, Instant.now());
    }

    /** Rounds until all is moved. */
    MoveProgress move(MoveRequest request) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var known = request;
        MoveRound last = null;
        while (System.nanoTime() < end) {
            last = moves().round(known, () -> {});
            if (last instanceof MoveRound.Moved(MoveProgress progress)) {
                return progress;
            }
            assertThat(last).isInstanceOf(MoveRound.Moving.class);
            known = knowing(last, known);
        }
        return fail("Not moved: " + last);
    }

    /** What the next round is asked for, by what came of the last one. */
    static MoveRequest knowing(MoveRound last, MoveRequest request) {
        return last instanceof MoveRound.Moving moving && moving.progress() != null
                ? request.having(moving.progress().steady())
                : request;
    }

    void add(AWorkload... workloads) {
        Arrays.stream(workloads).forEach(workload -> workload.createAt(client()));
        await().atMost(PATIENCE)
                .until(() -> isWhole()
                        && Arrays.stream(workloads)
                                .map(workload -> pods(workload.app()))
                                .allMatch(
                                        pods -> !pods.isEmpty() && pods.stream().allMatch(MovedWorld::hasStarted)));
    }

    /** A machine is gone, and the cluster has noticed. */
    void dies(String node) {
        simulator.silence(node);
        await().atMost(PATIENCE)
                .until(() -> Readiness.of(client().nodes().withName(node).get()) == Readiness.UNREACHABLE);
    }

    /** Lets broken pods work that are there now, and no others. */
    void recover(String app) {
        pods(app)
                .forEach(pod -> client().resource(pod)
                        .edit(one -> one.edit()
                                .editMetadata()
                                .removeFromAnnotations(AWorkload.BEHAVIOUR)
                                .endMetadata()
                                .build()));
        await().atMost(PATIENCE).until(() -> pods(app).stream().allMatch(KeptPods::isReady));
    }

    /** Lets the pods of a broken Deployment work. */
    void mend(String app) {
        client().apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(app)
                .edit(one -> one.edit()
                        .editSpec()
                        .editTemplate()
                        .editMetadata()
                        .removeFromAnnotations(AWorkload.BEHAVIOUR)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build());
        await().atMost(PATIENCE).until(() -> isWhole() && pods(app).size() == KeptPods.ready(pods(app)));
    }

    /** Whether all pods that are wanted are there and placed, and run unless they are broken. */
    boolean isWhole() throws InterruptedException {
        return Workloads.of(inventory()).stream()
                .allMatch(workload -> workload.active().size() >= workload.desired()
                        && workload.isSettled()
                        && workload.active().stream().allMatch(MovedWorld::hasStarted));
    }

    private static boolean hasStarted(Pod pod) {
        return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }

    Inventory inventory() throws InterruptedException {
        return Inventory.read(client(), NAMESPACES);
    }

    List<Pod> pods(String app) {
        return client().pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", app)
                .list()
                .getItems();
    }

    boolean isPending(String app) {
        return pods(app).stream().anyMatch(pod -> KeptPods.node(pod).isEmpty());
    }

    /** Names of the nodes that run the application's pods. */
    Set<String> nodesOf(String app) {
        return pods(app).stream().map(KeptPods::node).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        regions.close();
        simulator.close();
        vertx.close();
    }
}
