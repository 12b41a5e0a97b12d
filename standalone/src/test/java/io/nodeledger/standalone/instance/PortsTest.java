package io.nodeledger.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    /** Linux begins there, others higher. */
    private static final int FIRST_OF_CLIENTS = 32_768;

    @Test
    void a_port_that_can_be_had_is_kept_and_another_one_is_none_that_a_client_may_be_given() throws Exception {
        int port = Ports.preferably(0);
        assertThat(port).isBetween(1_024, FIRST_OF_CLIENTS - 1);
        assertThat(Ports.preferably(port)).isEqualTo(port);

        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.preferably(port)).isNotEqualTo(port).isBetween(1_024, FIRST_OF_CLIENTS - 1);
        }
    }
}
