package io.nodeledger.provisioner.region;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The regions of this installation, {@code nodeledger.regions[i].*}. What is wrong with them is told at the start, all at
 * once.
 *
 * @param regions one entry for each region; an installation without any makes no machines
 */
@ConfigurationProperties("nodeledger")
public record RegionsSettings(@DefaultValue List<Region> regions) {
    public RegionsSettings {
        regions = List.copyOf(regions);
        List<String> problems = RegionProblems.in(regions);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /**
     * One region: a Proxmox cluster for its machines and a Kubernetes cluster that they join.
     *
     * @param id e.g. {@code us-west-2}
     */
    public record Region(String id, Proxmox proxmox, Kubernetes kubernetes) {}

    /**
     * How the region's Proxmox cluster is reached and what may be used there.
     *
     * @param url base URL of the API server, e.g. {@code https://pve.example:8006}
     * @param token {@code user@realm!id=secret}; never to be shown
     * @param caFile PEM file of the CA that signed the server's certificate
     * @param fingerprint SHA-256 of the server's certificate, hexadecimal with colons; used instead of a CA
     * @param template id of the template that is cloned
     * @param storage storage for root disks
     * @param isoStorage storage for cloud-init seeds, the same as {@code storage} when absent
     * @param backupStorage storage for backups of machines; none are made when absent
     * @param pool pool that the machines are put in, none when absent
     * @param bridge network bridge
     * @param vmidRange private range of machine ids, e.g. {@code 100000-199999}
     */
    public record Proxmox(
            String url,
            String token,
            @Nullable Path caFile,
            @Nullable String fingerprint,
            int template,
            String storage,
            @Nullable String isoStorage,
            @Nullable String backupStorage,
            @Nullable String pool,
            String bridge,
            String vmidRange) {
        /** Without the token, so that it never ends up in a log. */
        @Override
        public String toString() {
            return ("Proxmox[url=%s, token=***, template=%d, storage=%s, isoStorage=%s, backupStorage=%s, pool=%s,"
                            + " bridge=%s, vmidRange=%s]")
                    .formatted(url, template, storage, isoStorage, backupStorage, pool, bridge, vmidRange);
        }
    }

    /**
     * How the region's Kubernetes cluster is reached.
     *
     * @param kubeconfig a kubeconfig file
     */
    public record Kubernetes(Path kubeconfig) {}
}
