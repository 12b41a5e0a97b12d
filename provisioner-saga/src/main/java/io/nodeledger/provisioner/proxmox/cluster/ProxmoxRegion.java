package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.IdRange;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.Optional;
import java.util.function.Supplier;

/** One region's Proxmox cluster: its settings and the client that reaches it. */
public record ProxmoxRegion(String id, RegionsSettings.Proxmox settings, IdRange vmIds, ProxmoxClient client) {
    /** @param token answers the token of now */
    static ProxmoxRegion of(RegionsSettings.Region region, Supplier<String> token, CallWatch watch) {
        var settings = region.proxmox();
        return new ProxmoxRegion(
                region.id(), settings, IdRange.parse(settings.vmidRange()), new ProxmoxClient(settings, token, watch));
    }

    /** The storage for cloud-init seeds. */
    public String isoStorage() {
        String own = settings.isoStorage();
        return own == null || own.isBlank() ? settings.storage() : own;
    }

    /** The storage for backups, if any are to be made. */
    public Optional<String> backupStorage() {
        return Optional.ofNullable(settings.backupStorage()).filter(name -> !name.isBlank());
    }
}
