package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Settings of one region whose Kubernetes cluster nobody asks for. */
public final class TestRegions {
    private TestRegions() {}

    public static RegionsSettings with(String id, RegionsSettings.Proxmox proxmox) {
        try {
            Path kubeconfig = Files.createTempFile("unused", ".kubeconfig");
            kubeconfig.toFile().deleteOnExit();
            return new RegionsSettings(
                    List.of(new RegionsSettings.Region(id, proxmox, new RegionsSettings.Kubernetes(kubeconfig))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
