package io.nodeledger.webhook.address;

import io.nodeledger.base.web.Rule;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which URLs may be sent to (source: OWASP, "Server-Side Request Forgery Prevention"). A URL is judged when it is set, for
 * its owner to learn of it, and its host's addresses again at each connection, which then goes to the address that was judged.
 */
public final class TargetRules {
    private static final int LONGEST = 2048;
    private static final int LARGEST_PORT = 65_535;

    /** Names of the public Internet end in letters; whatever ends in a number is some spelling of an address. */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(xn--[a-z0-9-]{1,58}[a-z0-9]|[a-z]{2,63})");

    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");

    private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0[0-9]");

    /** Names that are for private use, or for no use (source: RFC 6761, 6762, 8375, 9476, and ICANN for internal). */
    private static final List<String> PRIVATE_NAMES = List.of(
            "localhost",
            "local",
            "internal",
            "home.arpa",
            "test",
            "example",
            "invalid",
            "onion",
            "alt",
            "lan",
            "intranet",
            "corp",
            "home");

    private final boolean insecure;
    private final HostAddresses addresses;

    /**
     * Rules.
     *
     * @param insecure whether any http or https URL will do, for tests and closed networks
     */
    public TargetRules(boolean insecure, HostAddresses addresses) {
        this.insecure = insecure;
        this.addresses = addresses;
    }

    /** What is wrong with a URL, if anything is. */
    public Optional<Rule.Broken> check(String url) {
        URI target;
        try {
            target = new URI(url);
        } catch (URISyntaxException malformed) {
            return Rule.broken("malformed", "must be a URL");
        }
        return spelling(target, url).or(() -> insecure ? Optional.empty() : addressesOf(target.getHost()));
    }

    /**
     * Whether a URL that was set once may still be sent to, as far as it tells by itself: the rules may have become stricter
     * since. Asks no name server; addresses are judged at the connection.
     */
    public boolean allows(String url) {
        return spelling(URI.create(url), url).isEmpty();
    }

    /**
     * The addresses of a host to which a connection may go.
     *
     * @throws UnknownHostException when it has none, or any that is not public
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> found = addresses.of(host);
        if (!insecure && !found.stream().allMatch(PublicAddress::is)) {
            throw new UnknownHostException("The addresses of " + host + " are not all public");
        }
        return found;
    }

    private Optional<Rule.Broken> spelling(URI target, String url) {
        return shapeOf(target, url).or(() -> insecure ? Optional.empty() : nameOf(target.getHost()));
    }

    private Optional<Rule.Broken> shapeOf(URI target, String url) {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if (url.length() > LONGEST) {
            return Rule.broken("too_long", "must have at most " + LONGEST + " characters");
        }
        if (!scheme.equals("https") && !(insecure && scheme.equals("http"))) {
            return Rule.broken("not_allowed", "must begin with https://");
        }
        if (target.getHost() == null || target.getRawUserInfo() != null || target.getRawFragment() != null) {
            return Rule.broken("malformed", "must have a host, and neither user nor fragment");
        }
        return target.getPort() == 0 || target.getPort() > LARGEST_PORT
                ? Rule.broken("malformed", "must have a port from 1 to " + LARGEST_PORT + ", or none")
                : Optional.empty();
    }

    private static Optional<Rule.Broken> nameOf(String asWritten) {
        String host = asWritten.toLowerCase(Locale.ROOT);
        return isLiteral(host) || isPublicName(host)
                ? Optional.empty()
                : Rule.broken("not_allowed", "must have a host with a public name or address");
    }

    private Optional<Rule.Broken> addressesOf(String host) {
        try {
            var _ = resolve(host.toLowerCase(Locale.ROOT));
            return Optional.empty();
        } catch (UnknownHostException refused) {
            return Rule.broken("not_allowed", "must have a host whose addresses are known, and all of them public");
        }
    }

    private static boolean isLiteral(String host) {
        return (host.startsWith("[") && host.indexOf('%') < 0)
                || (IPV4.matcher(host).matches() && !LEADING_ZERO.matcher(host).find());
    }

    private static boolean isPublicName(String host) {
        return NAME.matcher(host).matches()
                && PRIVATE_NAMES.stream().noneMatch(name -> host.equals(name) || host.endsWith("." + name));
    }
}
