package io.nodeledger.webhook.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Resolves for the client that connects to what is resolved here and nothing else: names can't change their mind between. */
public final class GuardedResolver implements DnsResolver {
    private final TargetRules rules;

    public GuardedResolver(TargetRules rules) {
        this.rules = rules;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return rules.resolve(host).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
