package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.proxmox.client.GuestAddress;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Picks a machine's addresses from those its guest reports: private is the site-local IPv4 one, preferably of the first
 * network card; public is the first other of global scope. Devices of containers and pods do not count.
 */
final class GuestAddresses {
    private static final Pattern INNER_DEVICE = Pattern.compile(
            "(lo\\d*|docker|cni|flannel|cali|veth|virbr|br-|tun|kube|cilium|lxc|vxlan|nodelocaldns).*",
            Pattern.CASE_INSENSITIVE);

    private GuestAddresses() {}

    static Optional<Outcome.Addressed> choose(List<GuestAddress> reported, String macAddress) {
        List<InetAddress> usable = reported.stream()
                .filter(address -> address.version().equals("ipv4"))
                .filter(address -> !INNER_DEVICE.matcher(address.device()).matches())
                .sorted(Comparator.comparing(address -> !address.macAddress().equals(macAddress)))
                .map(address -> InetAddress.ofLiteral(address.address()))
                .filter(GuestAddresses::isReachable)
                .toList();
        Optional<InetAddress> first =
                usable.stream().filter(InetAddress::isSiteLocalAddress).findFirst();
        Optional<InetAddress> outside =
                usable.stream().filter(address -> !address.isSiteLocalAddress()).findFirst();
        return first.or(() -> outside)
                .map(inside -> new Outcome.Addressed(
                        inside.getHostAddress(),
                        outside.map(InetAddress::getHostAddress).orElse(null)));
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }
}
