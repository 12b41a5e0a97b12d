package io.nodeledger.webhook.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.web.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tricks by which servers are made to talk to what only they can reach (source: OWASP, SSRF prevention). */
class TargetRulesTest {
    private static final TargetRules RULES = new TargetRules(false, TargetRulesTest::addressesOf);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback, in every spelling that some client understands
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.255.255.254/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0x7f.1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://127.0.0.01/",
                "https://localhost/",
                "https://LOCALHOST/",
                "https://localhost./",
                "https://app.localhost/",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://0/",
                "https://0.0.0.0/",
                "https://[::]/",
                // private, shared and link-local networks, and the clouds' metadata
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://100.127.255.255/",
                "https://169.254.169.254/latest/meta-data/",
                "https://169.254.170.2/",
                "https://2852039166/",
                "https://0xa9fea9fe/",
                "https://0251.0376.0251.0376/",
                "https://192.0.0.192/",
                "https://168.63.129.16.internal/",
                "https://metadata.google.internal/",
                "https://kubernetes.default.svc.cluster.local/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fc00::1]/",
                // where clouds tell their machines' secrets, and Azure's host
                "https://169.254.169.254/",
                "https://169.254.170.2/",
                "https://100.100.100.200/",
                "https://192.0.0.192/",
                "https://168.63.129.16/",
                "https://[fd00:ec2::254]/",
                "https://[fd20:ce::254]/",
                "https://[fe80::a9fe:a9fe]/",
                "https://[fec0::1]/",
                // IPv4 inside IPv6
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b:1::a00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:0:7f00:1::]/",
                "https://[::ffff:0:127.0.0.1]/",
                // documentation, benchmarks, multicast, reserved
                "https://192.0.2.1/",
                "https://198.51.100.1/",
                "https://203.0.113.1/",
                "https://198.18.0.1/",
                "https://192.88.99.1/",
                "https://224.0.0.1/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                "https://[2001:db8::1]/",
                "https://[3fff::1]/",
                "https://[ff02::1]/",
                "https://[100::1]/",
                // names that lead inside, or nowhere
                "https://inside.hooks-example.com/",
                "https://both.hooks-example.com/",
                "https://mapped.hooks-example.com/",
                "https://unknown.hooks-example.com/",
                "https://intranet/",
                "https://db.corp/",
                "https://printer.local/",
                "https://x.home.arpa/",
                "https://hooks.example/",
                "https://1.2.3/",
                "https://1.2.3.4.5/",
                "https://hooks-example.com.127.0.0.1/",
                "https://xn--/",
                // other schemes, and URLs that two parsers read differently
                "http://hooks-example.com/",
                "ftp://hooks-example.com/",
                "file:///etc/passwd",
                "gopher://hooks-example.com/",
                "jar:https://hooks-example.com!/",
                "//hooks-example.com/",
                "hooks-example.com",
                "https:hooks-example.com",
                "https:///hooks-example.com",
                "https://",
                "https://user@hooks-example.com/",
                "https://hooks-example.com:secret@127.0.0.1/",
                "https://hooks-example.com#@127.0.0.1/",
                "https://127.0.0.1#@hooks-example.com/",
                "https://hooks-example.com\\@127.0.0.1/",
                "https://hooks-example.com%2f@127.0.0.1/",
                "https://127。0。0。1/",
                "https://①②⑦.0.0.1/",
                "https://ⓛocalhost/",
                "https://%6c%6f%63%61%6c%68%6f%73%74/",
                "https://hooks-example.com:0/",
                "https://hooks-example.com:65536/",
                "https://hooks-example.com:-1/",
                " https://hooks-example.com/",
                "https://hooks-example.com/\r\nHost: inside",
                "https://hooks-example.com/ x",
                "https://[::1",
                "https://[v1.a]/"
            })
    void noTrickLeadsInside(String url) {
        assertThat(RULES.check(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks-example.com", "https://hooks-example.com/",
                        "https://HOOKS-example.com/path?query=1&x=%20",
                "https://hooks-example.com:8443/hook", "https://a.b.hooks-example.com/", "https://93.184.216.34/",
                "https://[2606:2800:220:1:248:1893:25c8:1946]/", "https://xn--bcher-kva.com/", "https://172.32.0.1/",
                "https://100.128.0.1/", "https://168.63.129.17/"
            })
    void publicTargetsAreTaken(String url) {
        assertThat(RULES.check(url).map(Rule.Broken::message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside.hooks-example.com", "both.hooks-example.com", "169.254.169.254"})
    void aNameThatHasChangedItsMindIsNotConnectedTo(String host) {
        assertThatThrownBy(() -> new GuardedResolver(RULES).resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/", "https://localhost/"})
    void closedNetworksMayAllowTheirOwn(String url) {
        assertThat(new TargetRules(true, TargetRulesTest::addressesOf).check(url))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://x/", "http://user@x/", "http:///"})
    void evenThenOnlyPlainWebAddresses(String url) {
        assertThat(new TargetRules(true, TargetRulesTest::addressesOf).check(url))
                .isPresent();
    }

    private static List<InetAddress> addressesOf(String host) throws UnknownHostException {
        if (host.equals("unknown.hooks-example.com")) {
            throw new UnknownHostException(host);
        }
        return switch (host) {
            case "inside.hooks-example.com" -> List.of(InetAddress.ofLiteral("10.1.2.3"));
            case "both.hooks-example.com" ->
                List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("127.0.0.1"));
            case "mapped.hooks-example.com" -> List.of(InetAddress.ofLiteral("64:ff9b::a00:1"));
            default ->
                host.matches("[0-9.]+|\\[.*")
                        ? List.of(InetAddress.getByName(host))
                        : List.of(InetAddress.ofLiteral("93.184.216.34"));
        };
    }
}
