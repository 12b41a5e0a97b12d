package io.nodeledger.standalone.instance;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which TCP ports can be had. */
public final class Ports {
    private Ports() {}

    /**
     * Makes sure that the API's port can be had before anything else is started.
     *
     * @throws Obstacle when it is taken
     */
    static void requireFree(int port) {
        if (port != 0 && !isFree(new InetSocketAddress(port))) {
            throw new Obstacle(
                    "Port " + port + " is taken: stop what listens there, or choose another port, for example"
                            + " ./nodeledger up --port " + (port + 1) + ".");
        }
    }

    /** The preferred loopback port, or another one when it is taken or 0. */
    public static int preferably(int preferred) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        if (preferred != 0 && isFree(new InetSocketAddress(loopback, preferred))) {
            return preferred;
        }
        try (var any = new ServerSocket(0, 1, loopback)) {
            return any.getLocalPort();
        }
    }

    private static boolean isFree(InetSocketAddress address) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
