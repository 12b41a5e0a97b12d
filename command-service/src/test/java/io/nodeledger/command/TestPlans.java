package io.nodeledger.command;

import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.catalogue.PlanPrice;
import io.nodeledger.events.catalogue.PlanSpecs;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Plans, and files that offer them. */
public final class TestPlans {
    private TestPlans() {}

    /** {@code plan-a}: 4 cores, 8 GiB, 100 GiB in us-west-2, us-east-1 and eu-west-1. */
    public static NodePlan limited(Map<String, Integer> stock) {
        return sized("plan-a", 4, 8, 100, stock);
    }

    /** A plan of another size. */
    public static NodePlan sized(String id, int cores, int memoryGb, int storageGb, Map<String, Integer> stock) {
        return new NodePlan(
                id,
                "A plan",
                "for a test",
                new PlanSpecs(cores, "x", memoryGb, "x", storageGb, "x", "1Gbps", "x86_64"),
                List.of(new PlanPrice(Instant.MIN, BigDecimal.ONE, BigDecimal.ZERO)),
                "USD",
                List.of("us-west-2", "us-east-1", "eu-west-1"),
                stock,
                List.of(),
                List.of(),
                5,
                10);
    }

    /** A file that offers one plan in all three regions; {@code more} are further keys of it. */
    static String file(String id, String hourlyRate, String more) {
        return """
                plans:
                  - id: %s
                    name: A plan
                    description: for a test
                    specs: {cpu_cores: 4, cpu_type: Intel Xeon, memory_gb: 8, memory_type: DDR4, storage_gb: 100,
                            storage_type: NVMe SSD, network_speed: 1Gbps, architecture: x86_64}
                    hourly_rate: %s
                    stopped_rate: 0.00
                    currency: USD
                    regions: [us-west-2, us-east-1, eu-west-1]
                    features: []
                    suitable_for: []
                    provisioning_minutes_min: 5
                    provisioning_minutes_max: 10
                    %s
                """.formatted(id, hourlyRate, more);
    }
}
