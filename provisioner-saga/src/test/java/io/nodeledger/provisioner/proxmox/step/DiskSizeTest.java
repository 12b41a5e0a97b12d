package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskSizeTest {
    @Test
    void sizes_are_read_in_every_unit() {
        assertThat(DiskSize.of("shared:vm-101-disk-0,discard=on,size=32G")).contains(32L << 30);
        assertThat(DiskSize.of("shared:101/vm-101-disk-0.qcow2,size=2252M,ssd=1"))
                .contains(2252L << 20);
        assertThat(DiskSize.of("shared:vm-101-disk-0,size=1T")).contains(1L << 40);
        assertThat(DiskSize.of("shared:vm-101-disk-0")).isEmpty();
    }
}
