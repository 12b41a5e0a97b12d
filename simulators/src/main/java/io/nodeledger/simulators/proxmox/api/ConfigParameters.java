package io.nodeledger.simulators.proxmox.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys of a machine's configuration that may be written, and how each must look. */
final class ConfigParameters {
    /** Keys that steer the request and never stand in a configuration. */
    static final Set<String> CONTROLS = Set.of("delete", "digest", "revert", "force", "skiplock", "background_delay");

    /** Keys whose values are answered as numbers. */
    static final Set<String> NUMBERS = Set.of(
            "acpi",
            "autostart",
            "balloon",
            "cores",
            "kvm",
            "numa",
            "onboot",
            "protection",
            "sockets",
            "tablet",
            "template",
            "vcpus");

    private static final String TAG = "[a-zA-Z0-9_][a-zA-Z0-9_+.-]*";

    private ConfigParameters() {}

    static Parameter[] all() {
        List<Parameter> all = new ArrayList<>();
        for (String name : List.of(
                "affinity",
                "agent",
                "balloon",
                "bios",
                "boot",
                "bootdisk",
                "cicustom",
                "cipassword",
                "citype",
                "ciuser",
                "cpu",
                "cpulimit",
                "cpuunits",
                "description",
                "hookscript",
                "hotplug",
                "machine",
                "nameserver",
                "ostype",
                "rng0",
                "scsihw",
                "searchdomain",
                "smbios1",
                "startup",
                "vga",
                "vmgenid",
                "efidisk0",
                "tpmstate0",
                "ide[n]",
                "sata[n]",
                "scsi[n]",
                "virtio[n]",
                "net[n]",
                "ipconfig[n]",
                "serial[n]",
                "unused[n]",
                "delete",
                "revert",
                "digest")) {
            all.add(Parameter.text(name).orNone());
        }
        for (String name : List.of(
                "acpi",
                "autostart",
                "ciupgrade",
                "force",
                "kvm",
                "numa",
                "onboot",
                "protection",
                "skiplock",
                "tablet",
                "template")) {
            all.add(Parameter.flag(name).orNone());
        }
        all.add(Parameter.dnsName("name").orNone());
        all.add(Parameter.integer("cores", 1, 1_024).orNone());
        all.add(Parameter.integer("sockets", 1, 64).orNone());
        all.add(Parameter.integer("vcpus", 1, 1_024).orNone());
        all.add(Parameter.pattern(
                        "memory", "(current=)?(1[6-9]|[2-9]\\d|[1-9]\\d{2,7})", "invalid format - format error")
                .orNone());
        all.add(Parameter.pattern("tags", "(" + TAG + "([;, ]+" + TAG + ")*)?", "invalid format - invalid tag\n")
                .orNone());
        all.add(Parameter.pattern("sshkeys", "[-%a-zA-Z0-9_.!~*'()]*", "invalid format - invalid urlencoded string\n")
                .orNone());
        return all.toArray(Parameter[]::new);
    }

    /** What a key's change needs a right to. */
    static String privilege(String key) {
        if (key.equals("memory") || key.equals("balloon")) {
            return "VM.Config.Memory";
        }
        if (Set.of("cores", "sockets", "cpu", "vcpus", "cpulimit", "cpuunits", "numa", "affinity")
                .contains(key)) {
            return "VM.Config.CPU";
        }
        if (key.matches("net\\d+|ipconfig\\d+|nameserver|searchdomain")) {
            return "VM.Config.Network";
        }
        if (key.matches("(ide|sata|scsi|virtio|unused)\\d+|efidisk0|tpmstate0")) {
            return "VM.Config.Disk";
        }
        if (key.matches("ci(user|password|type|upgrade|custom)|sshkeys")) {
            return "VM.Config.Cloudinit";
        }
        return key.matches("vga|serial\\d+|scsihw|machine|bios|rng0|tablet") ? "VM.Config.HWType" : "VM.Config.Options";
    }
}
