package io.nodeledger.simulators.proxmox.guest;

import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.cluster.VmConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guest's network: addresses as DHCP would give them, the same for the same id, unless the configuration fixes them.
 *
 * @param macAddress of the first card
 * @param secondMacAddress of the second card, absent when there is only one
 * @param privateAddress IPv4 in 10.0.0.0/8
 * @param publicAddress IPv4 in 198.18.0.0/15
 */
public record GuestNetwork(
        String macAddress, Optional<String> secondMacAddress, String privateAddress, String publicAddress) {
    private static final Pattern MAC = Pattern.compile("=((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})");
    private static final Pattern FIXED = Pattern.compile("(?:^|,)ip=([0-9.]+)/");
    private static final int HOSTS = 65_000;

    public static GuestNetwork of(String cluster, Vm vm) {
        int offset = vm.id() % HOSTS + 256;
        int site = 20 + Math.floorMod(cluster.hashCode(), 200);
        String low = (offset >> 8 & 0xFF) + "." + (offset & 0xFF);
        String privateAddress = fixed(vm.config(), "ipconfig0").orElse("10." + site + "." + low);
        String publicAddress = fixed(vm.config(), "ipconfig1").orElse("198." + (18 + site % 2) + "." + low);
        return new GuestNetwork(
                mac(vm.config(), "net0").orElse("bc:24:11:00:00:01"),
                mac(vm.config(), "net1"),
                privateAddress,
                publicAddress);
    }

    private static Optional<String> mac(VmConfig config, String card) {
        return config.get(card)
                .map(MAC::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1).toLowerCase(Locale.ROOT));
    }

    private static Optional<String> fixed(VmConfig config, String key) {
        return config.get(key).map(FIXED::matcher).filter(Matcher::find).map(m -> m.group(1));
    }
}
