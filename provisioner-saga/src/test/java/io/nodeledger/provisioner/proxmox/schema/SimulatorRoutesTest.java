package io.nodeledger.provisioner.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.proxmox.api.Parameter;
import io.nodeledger.simulators.proxmox.api.Route;
import io.nodeledger.simulators.proxmox.api.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simulator offers nothing that Proxmox VE does not have, and is as strict about what must be given. */
class SimulatorRoutesTest {
    private final PveSchema schema = PveSchema.read();

    @Test
    void everyRouteIsOneOfTheApiWithItsParameters() {
        assertThat(Routes.all().stream().flatMap(this::objections)).isEmpty();
    }

    private Stream<String> objections(Route route) {
        return schema.method(route.method(), route.path())
                .map(method -> objections(route, method).stream())
                .orElseGet(() -> Stream.of("The API has no " + route.method() + " " + route.path()));
    }

    private static List<String> objections(Route route, PveSchema.Method method) {
        var objections = new ArrayList<>(method.objections(
                route.parameters().stream().map(Parameter::name).toList()));
        for (Parameter parameter : route.parameters()) {
            boolean optional = method.parameters().getOrDefault(parameter.name(), parameter.optional());
            if (optional != parameter.optional()) {
                objections.add("%s %s: %s is %s"
                        .formatted(route.method(), route.path(), parameter.name(), optional ? "optional" : "required"));
            }
        }
        return objections;
    }
}
