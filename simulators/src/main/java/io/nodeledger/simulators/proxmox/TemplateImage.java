package io.nodeledger.simulators.proxmox;

import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.DiskSize;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import java.util.Map;

/** Puts the template into a cluster that is new. */
final class TemplateImage {
    private TemplateImage() {}

    static void install(TemplateSpec template, Cluster cluster) {
        if (cluster.find(template.vmId()).isPresent()) {
            return;
        }
        Vm vm = cluster.create(template.vmId(), template.host(), Map.of("template", "1"));
        String volume =
                cluster.storages().require(template.host(), template.storage()).volumeId(template.vmId(), 0, true);
        if (!cluster.allocate(vm, volume, template.diskBytes())) {
            throw new IllegalArgumentException("Storage " + template.storage() + " is too small for the template");
        }
        Map.ofEntries(
                        Map.entry("name", template.name()),
                        Map.entry("description", "Ubuntu 22.04 with a container runtime and kubeadm"),
                        Map.entry("tags", template.tags()),
                        Map.entry("cores", String.valueOf(template.cores())),
                        Map.entry("sockets", "1"),
                        Map.entry("memory", String.valueOf(template.memoryMib())),
                        Map.entry("cpu", "x86-64-v2-AES"),
                        Map.entry("agent", "1"),
                        Map.entry("ostype", "l26"),
                        Map.entry("scsihw", "virtio-scsi-single"),
                        Map.entry("boot", "order=scsi0"),
                        Map.entry("serial0", "socket"),
                        Map.entry("vga", "serial0"),
                        Map.entry("scsi0", volume + ",discard=on,size=" + DiskSize.render(template.diskBytes())),
                        Map.entry("ide2", "none,media=cdrom"),
                        Map.entry("net0", "virtio=BC:24:11:00:90:00,bridge=vmbr0"),
                        Map.entry("net1", "virtio=BC:24:11:00:90:01,bridge=vmbr1"),
                        Map.entry("smbios1", "uuid=6f1c7a5e-6b5f-4f0e-9a9e-0f4f5d0c9000"))
                .forEach(vm.config()::set);
        cluster.save(vm);
    }
}
