package io.nodeledger.simulators.proxmox;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One simulated cluster.
 *
 * @param region what the cluster is called
 * @param dataDirectory where its state is kept across restarts
 * @param port TCP port on the loopback interface; 0 takes the one used last, or a free one
 * @param timeScale multiplies every delay; 0 means none at all
 * @param hosts its hosts
 * @param storages its storages
 * @param template the template it begins with
 * @param pools resource pools
 * @param tokens tokens beside the generated one that may do everything
 * @param delays how long things take
 */
public record ProxmoxSimulatorSettings(
        String region,
        Path dataDirectory,
        int port,
        double timeScale,
        List<HostSpec> hosts,
        List<StorageSpec> storages,
        TemplateSpec template,
        List<String> pools,
        List<TokenSpec> tokens,
        Delays delays) {
    private static final long GIB = 1L << 30;

    public ProxmoxSimulatorSettings {
        if (timeScale < 0) {
            throw new IllegalArgumentException("The time scale must be 0 or more, but is " + timeScale);
        }
        hosts = List.copyOf(hosts);
        storages = List.copyOf(storages);
        pools = List.copyOf(pools);
        tokens = List.copyOf(tokens);
    }

    /** Three hosts with 64 cores and 256 GiB each, 20 TiB of shared storage, template 9000, real delays, any free port. */
    public static ProxmoxSimulatorSettings of(String region, Path dataDirectory) {
        return new ProxmoxSimulatorSettings(
                region,
                dataDirectory,
                0,
                1.0,
                List.of(
                        new HostSpec("pve1", 64, 256 * GIB),
                        new HostSpec("pve2", 64, 256 * GIB),
                        new HostSpec("pve3", 64, 256 * GIB)),
                List.of(
                        new StorageSpec(
                                "shared",
                                "nfs",
                                true,
                                20_480 * GIB,
                                Set.of("images", "iso", "vztmpl", "backup", "import")),
                        new StorageSpec("local", "dir", false, 200 * GIB, Set.of("iso", "vztmpl", "backup", "import")),
                        new StorageSpec("local-lvm", "lvmthin", false, 2_048 * GIB, Set.of("images", "rootdir"))),
                new TemplateSpec(9000, "ubuntu-22.04-k8s", "pve1", "shared", 10 * GIB, 2, 2_048, "template"),
                List.of("nodeledger"),
                List.of(),
                Delays.realistic());
    }

    public ProxmoxSimulatorSettings withPort(int changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, changed, timeScale, hosts, storages, template, pools, tokens, delays);
    }

    public ProxmoxSimulatorSettings withTimeScale(double changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, changed, hosts, storages, template, pools, tokens, delays);
    }

    public ProxmoxSimulatorSettings withHosts(List<HostSpec> changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, timeScale, changed, storages, template, pools, tokens, delays);
    }

    public ProxmoxSimulatorSettings withStorages(List<StorageSpec> changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, timeScale, hosts, changed, template, pools, tokens, delays);
    }

    public ProxmoxSimulatorSettings withTemplate(TemplateSpec changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, timeScale, hosts, storages, changed, pools, tokens, delays);
    }

    public ProxmoxSimulatorSettings withTokens(List<TokenSpec> changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, timeScale, hosts, storages, template, pools, changed, delays);
    }

    public ProxmoxSimulatorSettings withDelays(Delays changed) {
        return new ProxmoxSimulatorSettings(
                region, dataDirectory, port, timeScale, hosts, storages, template, pools, tokens, changed);
    }
}
