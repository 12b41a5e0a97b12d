package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Catalogues of one plan, {@code plan-a}, at 0.10 and 0.02 an hour in us-west-2 and eu-west-1. */
final class ACatalogue {
    private ACatalogue() {}

    /** With these further keys of the plan, each as {@code key: value}. */
    static String with(String... more) {
        return """
                plans:
                  - id: plan-a
                    name: A
                    description: a plan
                    specs: {cpu_cores: 1, cpu_type: x, memory_gb: 1, memory_type: x, storage_gb: 1, storage_type: x,
                            network_speed: 1Gbps, architecture: x86_64}
                    hourly_rate: 0.10
                    stopped_rate: 0.02
                    currency: USD
                    regions: [us-west-2, eu-west-1]
                    features: []
                    suitable_for: []
                    provisioning_minutes_min: 5
                    provisioning_minutes_max: 10
                """
                + String.join(
                        "",
                        Arrays.stream(more).map(line -> "    " + line + "\n").toList());
    }

    /** The plan that a catalogue with these keys describes. */
    static NodePlan plan(String... more) {
        return CatalogueFile.of(new CatalogueSettings("test.yaml", Duration.ofSeconds(1)))
                .plans(with(more).getBytes(StandardCharsets.UTF_8))
                .getFirst();
    }
}
