package io.nodeledger.webhook.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks the name servers. */
@FunctionalInterface
public interface HostAddresses {
    /**
     * All addresses of a host.
     *
     * @throws UnknownHostException when it has none, or nobody can say
     */
    List<InetAddress> of(String host) throws UnknownHostException;
}
