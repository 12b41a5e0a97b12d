package io.nodeledger.simulators.proxmox;

import static io.nodeledger.simulators.proxmox.SimulatedCluster.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.stephenc.javaisotools.iso9660.ISO9660RootDirectory;
import com.github.stephenc.javaisotools.iso9660.impl.CreateISO;
import com.github.stephenc.javaisotools.iso9660.impl.ISO9660Config;
import com.github.stephenc.javaisotools.iso9660.impl.ISOImageFileHandler;
import com.github.stephenc.javaisotools.joliet.impl.JolietConfig;
import com.github.stephenc.javaisotools.rockridge.impl.RockRidgeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
    @TempDir
    Path directory;

    @Test
    void a_guest_finds_the_user_data_of_the_attached_seed() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory.resolve("pve"), 0)) {
            cluster.cloned(101);
            cluster.wire.ok(cluster.wire.upload("/nodes/pve1/storage/shared/upload", "seed-101.iso", seed()));
            cluster.wire.ok(cluster.wire.post(vm(101) + "/config", "ide2", "shared:iso/seed-101.iso,media=cdrom"));
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/start"));
            await().until(() -> !cluster.guests.booted().isEmpty());
            assertThat(cluster.guests.booted().getFirst().userData()).isEqualTo("#cloud-config\nhostname: a\n");
            cluster.wire.ok(cluster.wire.delete("/nodes/pve1/storage/shared/content/shared:iso/seed-101.iso"));
        }
    }

    private byte[] seed() throws Exception {
        Path files = Files.createDirectories(directory.resolve("seed"));
        Files.writeString(files.resolve("user-data"), "#cloud-config\nhostname: a\n");
        Files.writeString(files.resolve("meta-data"), "instance-id: a\n");
        ISO9660RootDirectory root = new ISO9660RootDirectory();
        root.addFile(files.resolve("user-data").toFile());
        root.addFile(files.resolve("meta-data").toFile());
        ISO9660Config iso = new ISO9660Config();
        iso.setVolumeID("cidata");
        JolietConfig joliet = new JolietConfig();
        joliet.setVolumeID("cidata");
        Path image = directory.resolve("seed.iso");
        new CreateISO(new ISOImageFileHandler(image.toFile()), root).process(iso, (RockRidgeConfig) null, joliet, null);
        return Files.readAllBytes(image);
    }
}
