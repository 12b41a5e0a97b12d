package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rebuild}: folds a read model anew from the events while reads go on. */
@Command(name = "rebuild", description = "Rebuilds a read model from the events; reads go on meanwhile.")
final class RebuildCommand implements Callable<Integer> {
    private static final int ACCEPTED = 202;

    @Parameters(index = "0", paramLabel = "PROJECTION", description = "The read model's name, e.g. nodes.")
    private @Nullable String projection;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        try (var management = new Api(data.running().managementUrl() + "/actuator", () -> "none")) {
            var answer = management.post("/projections/" + projection, Map.of());
            if (answer.status() != ACCEPTED) {
                var known = StreamSupport.stream(
                                management.get("/projections").body().spliterator(), false)
                        .map(one -> one.path("read_model").asString(""))
                        .collect(Collectors.joining(", "));
                throw new Obstacle("There is no read model '" + projection + "': it is one of " + known + ".");
            }
            System.out.println("Rebuilding " + projection + "; its state: curl -s "
                    + data.running().managementUrl() + "/actuator/projections/" + projection);
            return 0;
        }
    }
}
