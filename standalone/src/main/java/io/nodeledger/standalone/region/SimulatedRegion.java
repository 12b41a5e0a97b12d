package io.nodeledger.standalone.region;

import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
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

    private SimulatedRegion(
            String id, ProxmoxSimulatorSettings settings, ProxmoxSimulator proxmox, KubernetesSimulator kubernetes) {
        this.id = id;
        this.settings = settings;
        this.proxmox = proxmox;
        this.kubernetes = kubernetes;
    }

    /** Starts the region with the state of its folder, or a new one. */
    static SimulatedRegion start(String id, Path folder, double timeScale, Vertx vertx) {
        var kubernetes = KubernetesSimulator.start(
                KubernetesSimulatorSettings.of(id, folder.resolve("kubernetes"), 0, timeScale), vertx);
        try {
            var settings =
                    ProxmoxSimulatorSettings.of(id, folder.resolve("proxmox")).withTimeScale(timeScale);
            var proxmox = ProxmoxSimulator.start(vertx, settings, kubernetes.machineListener());
            return new SimulatedRegion(id, settings, proxmox, kubernetes);
        } catch (IOException unusable) {
            kubernetes.close();
            throw new UncheckedIOException("The simulated Proxmox cluster of " + id + " could not start", unusable);
        }
    }

    /** The settings by which the services reach the region, relative to its entry. */
    Map<String, Object> properties() {
        try {
            return Map.of(
                    "id", id,
                    "proxmox.url", proxmox.url(),
                    "proxmox.token", proxmox.token(),
                    "proxmox.fingerprint", proxmox.fingerprint(),
                    "proxmox.template", settings.template().vmId(),
                    "proxmox.storage", SHARED_STORAGE,
                    "proxmox.pool", settings.pools().getFirst(),
                    "proxmox.bridge", "vmbr0",
                    "proxmox.vmid-range", "100000-199999",
                    "kubernetes.kubeconfig", kubernetes.kubeconfig().toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The certificate of " + id + " can't be read", unreadable);
        }
    }

    /** Machines lose their hypervisor before their cluster. */
    @Override
    public void close() throws IOException {
        try {
            proxmox.close();
        } finally {
            kubernetes.close();
        }
    }
}
