package io.nodeledger.simulators.kubernetes.kubelet;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands out a /24 of 10.244.0.0/14 to each node and addresses within it to pods. */
final class PodNetwork {
    private static final int FIRST = 244 * 256;

    private PodNetwork() {}

    static String free(ObjectStore store) {
        Set<String> taken = store.list(Resource.NODES).stream()
                .map(node -> text(node, "spec", "podCIDR"))
                .collect(Collectors.toSet());
        int number = FIRST;
        while (taken.contains(cidr(number))) {
            number++;
        }
        return cidr(number);
    }

    private static String cidr(int number) {
        return "10." + number / 256 + "." + number % 256 + ".0/24";
    }

    static String address(String cidr, int host) {
        return cidr.isEmpty() ? "" : cidr.substring(0, cidr.lastIndexOf('.') + 1) + (2 + host % 250);
    }
}
