package io.nodeledger.benchmarks.node;

import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.record.KubernetesState;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.RowJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A node's document as the projection would write it; made once and filled in, which is quick enough for a million. */
public final class NodeDocument {
    private final String template = document();

    /** The document of one node. */
    public String of(
            String id,
            String workspace,
            String name,
            String status,
            String planId,
            String region,
            Instant created,
            Instant updated) {
        return template.replace("@id@", id)
                .replace("@workspace@", workspace)
                .replace("@name@", name)
                .replace("PROVISIONING", status.toUpperCase(Locale.ROOT))
                .replace("@plan@", planId)
                .replace("@region@", region)
                .replace("2001-01-01T00:00:00Z", created.toString())
                .replace("2002-01-01T00:00:00Z", updated.toString());
    }

    private static String document() {
        var specs = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
        var terms = new PlanTerms("@plan@", new BigDecimal("0.12"), new BigDecimal("0.00"), specs);
        var created = Instant.parse("2001-01-01T00:00:00Z");
        var quantities = Map.of("cpu", "4", "memory", "8388608Ki", "pods", "110");
        var row = new NodeRecord(
                new NodeRecord.Origin(
                        "@id@",
                        "@workspace@",
                        "@name@",
                        "proxmox",
                        "@region@",
                        terms,
                        Map.of("environment", "production", "team", "backend"),
                        List.of(),
                        created),
                new NodeRecord.State(
                        NodeStatus.PROVISIONING,
                        null,
                        new KubernetesState("@id@-k8s", true, true, quantities, quantities),
                        "10.0.1.100",
                        "203.0.113.100",
                        Instant.parse("2002-01-01T00:00:00Z"),
                        null,
                        14),
                null);
        return RowJson.MAPPER.writeValueAsString(row);
    }
}
