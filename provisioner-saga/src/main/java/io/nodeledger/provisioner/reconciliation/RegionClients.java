package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;

/** How a region's two providers are reached. */
record RegionClients(ProxmoxRegion proxmox, KubernetesRegion kubernetes) {}
