package io.nodeledger.provisioner.proxmox.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SeedImageTest {
    private static final int SECTOR = 2048;

    @Test
    void the_image_carries_the_label_and_the_three_files_under_their_long_names() {
        byte[] image =
                SeedImage.of(new NoCloudSeed("#cloud-config\nhostname: x\n", "instance-id: i\n", "version: 2\n"));

        String primary = new String(image, 16 * SECTOR, SECTOR, StandardCharsets.ISO_8859_1);
        assertThat(primary.substring(1, 6)).isEqualTo("CD001");
        assertThat(primary.substring(40, 72).strip()).isEqualToIgnoringCase("cidata");
        String rockRidge = new String(image, StandardCharsets.ISO_8859_1);
        assertThat(rockRidge)
                .contains("user-data", "meta-data", "network-config")
                .contains("#cloud-config\nhostname: x\n");
    }
}
