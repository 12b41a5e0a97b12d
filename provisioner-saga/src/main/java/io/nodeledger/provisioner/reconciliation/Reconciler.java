package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Compares each region's providers with the nodes' streams and puts right what is safe. What is done when is decided
 * elsewhere: here is only what one pass does.
 */
final class Reconciler {
    private final ProxmoxRegions proxmox;
    private final KubernetesRegions kubernetes;
    private final Services services;

    Reconciler(ProxmoxRegions proxmox, KubernetesRegions kubernetes, Services services) {
        this.proxmox = proxmox;
        this.kubernetes = kubernetes;
        this.services = services;
    }

    /** The regions to be looked at. */
    List<String> regions() {
        return proxmox.all().stream().map(ProxmoxRegion::id).toList();
    }

    /**
     * Makes one pass.
     *
     * @param held whether the region is still this instance's to change
     * @throws InterruptedException when the instance shuts down
     */
    void pass(String region, BooleanSupplier held) throws InterruptedException {
        var clients = new RegionClients(proxmox.region(region), kubernetes.of(region));
        new Pass(clients, services, new Guard(held)).run();
    }
}
