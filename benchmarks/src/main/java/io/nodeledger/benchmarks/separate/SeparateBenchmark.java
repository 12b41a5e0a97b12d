package io.nodeledger.benchmarks.separate;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.PrintStream;

/** Two processes of each service on this machine. */
public final class SeparateBenchmark {
    private static final int INSTANCES = 2;

    private SeparateBenchmark() {}

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var instance = TemporaryInstance.separate(TemporaryInstance.UNLIMITED, INSTANCES)) {
            String token = Tokens.of(instance.folder()).mint(TokenRequest.operator("benchmark"));
            var fleet = new Fleet(instance.folder().processes());
            try (var client = new InstanceClient(token)) {
                var node = BusyNode.running(client, fleet);
                new WriteToRead(out, client, fleet, node).measure(instance.runtime());
                new Throughput(out, client, fleet, node).measure();
            }
            new Starts(out, instance.folder()).measure();
        }
    }
}
