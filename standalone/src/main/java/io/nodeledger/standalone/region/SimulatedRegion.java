package io.nodeledger.standalone.region;

import io.nodeledger.simulators.control.ControlServer;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.nodeledger.standalone.instance.InstanceSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** One region: a simulated Proxmox cluster whose machines' kubelets join a simulated Kubernetes cluster. */
final class SimulatedRegion implements AutoCloseable {
    private static final String SHARED_STORAGE = "shared";

    private final String id;
    private final ProxmoxSimulatorSettings settings;
    private final ProxmoxSimulator proxmox;
    private final KubernetesSimulator kubernetes;
    private final ControlServer control;

    private SimulatedRegion(
            String id,
            ProxmoxSimulatorSettings settings,
            ProxmoxSimulator proxmox,
            KubernetesSimulator kubernetes,
            ControlServer control) {
        this.id = id;
        this.settings = settings;
        this.proxmox = proxmox;
        this.kubernetes = kubernetes;
        this.control = control;
    }

    /** Starts the region with the state of its folder, or a new one. */
    static SimulatedRegion start(String id, InstanceSettings instance, Vertx vertx) {
        var folder = instance.folder().region(id);
        var kubernetes = KubernetesSimulator.start(
                KubernetesSimulatorSettings.of(id, folder.resolve("kubernetes"), 0, instance.timeScale())
                        .withSharedNodes(instance.sharedNodes()),
                vertx);
        try {
            return start(id, folder, instance.timeScale(), vertx, kubernetes);
        } catch (IOException unusable) {
            kubernetes.close();
            throw new UncheckedIOException("The simulators of " + id + " could not start", unusable);
        }
    }

    private static SimulatedRegion start(
            String id, Path folder, double timeScale, Vertx vertx, KubernetesSimulator kubernetes) throws IOException {
        var settings =
                ProxmoxSimulatorSettings.of(id, folder.resolve("proxmox")).withTimeScale(timeScale);
        var proxmox = ProxmoxSimulator.start(vertx, settings, kubernetes.machineListener());
        try {
            var control = ControlServer.start(vertx, folder.resolve("control-port"), proxmox, kubernetes);
            return new SimulatedRegion(id, settings, proxmox, kubernetes, control);
        } catch (IOException unusable) {
            proxmox.close();
            throw unusable;
        }
    }

    String id() {
        return id;
    }

    /** Where the region's simulators are made to fail. */
    String controlUrl() {
        return control.url();
    }

    /** The settings by which the services reach the region, relative to its entry. */
    Map<String, Object> properties() {
        try {
            return Map.ofEntries(
                    Map.entry("id", id),
                    Map.entry("proxmox.url", proxmox.url()),
                    Map.entry("proxmox.token", proxmox.token()),
                    Map.entry("proxmox.fingerprint", proxmox.fingerprint()),
                    Map.entry("proxmox.template", settings.template().vmId()),
                    Map.entry("proxmox.storage", SHARED_STORAGE),
                    Map.entry("proxmox.backup-storage", SHARED_STORAGE),
                    Map.entry("proxmox.pool", settings.pools().getFirst()),
                    Map.entry("proxmox.bridge", "vmbr0"),
                    Map.entry("proxmox.vmid-range", "100000-199999"),
                    Map.entry("kubernetes.kubeconfig", kubernetes.kubeconfig().toString()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The certificate of " + id + " can't be read", unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            control.close();
        } finally {
            closeClusters();
        }
    }

    /** Machines lose their hypervisor before their cluster. */
    private void closeClusters() throws IOException {
        try {
            proxmox.close();
        } finally {
            kubernetes.close();
        }
    }
}
