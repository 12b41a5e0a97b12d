package io.nodeledger.standalone.instance;

import io.nodeledger.standalone.Obstacle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Which TCP ports can be had. */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int BEYOND = 32_000;

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

    /**
     * The preferred loopback port, or another one when it is taken or 0. That is below the ports that systems give to outgoing
     * connections: from among those, any client could be given it while the server is down, above all one that tries to reach
     * the server, which then reaches itself.
     */
    public static int preferably(int preferred) {
        var loopback = InetAddress.getLoopbackAddress();
        return IntStream.concat(
                        IntStream.of(preferred).filter(port -> port != 0),
                        ThreadLocalRandom.current().ints(FIRST, BEYOND))
                .filter(port -> isFree(new InetSocketAddress(loopback, port)))
                .findFirst()
                .orElseThrow();
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
