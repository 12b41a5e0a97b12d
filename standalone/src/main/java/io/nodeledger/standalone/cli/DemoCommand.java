package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.demo.Demo;
import io.nodeledger.standalone.demo.Display;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}: a node's whole life on the running instance. */
@Command(name = "demo", description = "Provisions a node on the running instance, shows its audit trail, deletes it.")
final class DemoCommand implements Callable<Integer> {
    private static final String WORKSPACE = "ws-demo";

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        var instance = data.running();
        var tokens = Tokens.of(data.folder());
        var caller = new TokenRequest("demo", WORKSPACE, "admin", false, Duration.ofMinutes(5));
        try (var api = new Api(instance.baseUrl(), () -> tokens.mint(caller))) {
            new Demo(api, WORKSPACE, Display.onTerminal()).run();
        }
        return 0;
    }
}
