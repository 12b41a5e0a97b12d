package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.proxmox.client.GuestAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestAddressesTest {
    private static final String MAC = "bc:24:11:00:00:01";

    @Test
    void the_first_card_gives_the_private_address_and_a_global_one_is_public() {
        var chosen = GuestAddresses.choose(
                List.of(
                        new GuestAddress("lo", "00:00:00:00:00:00", "ipv4", "127.0.0.1"),
                        new GuestAddress("cni0", "aa:aa:aa:aa:aa:aa", "ipv4", "10.42.0.1"),
                        new GuestAddress("eth1", "bc:24:11:00:00:02", "ipv4", "203.0.113.100"),
                        new GuestAddress("eth0", MAC, "ipv6", "fe80::1"),
                        new GuestAddress("eth0", MAC, "ipv4", "169.254.1.1"),
                        new GuestAddress("eth0", MAC, "ipv4", "10.0.1.100")),
                MAC);

        assertThat(chosen).contains(new Outcome.Addressed("10.0.1.100", "203.0.113.100"));
    }

    @Test
    void a_guest_without_dhcp_yet_has_no_address() {
        assertThat(GuestAddresses.choose(List.of(new GuestAddress("eth0", MAC, "ipv6", "fe80::1")), MAC))
                .isEmpty();
    }
}
