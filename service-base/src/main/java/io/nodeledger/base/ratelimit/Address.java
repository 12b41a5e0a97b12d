package io.nodeledger.base.ratelimit;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** To whom an address belongs: an IPv6 host has a whole /64 of them. */
final class Address {
    private static final int NETWORK_GROUPS = 4;

    private Address() {}

    /**
     * The network of an address.
     *
     * @param address as Tomcat writes it: IPv6 in full, eight groups
     */
    static String networkOf(@Nullable String address) {
        if (address == null) {
            return "unknown";
        }
        String[] groups = address.split(":", -1);
        return groups.length == 2 * NETWORK_GROUPS
                ? Arrays.stream(groups).limit(NETWORK_GROUPS).collect(Collectors.joining(":"))
                : address;
    }
}
