package io.nodeledger.standalone.demo;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A node's life from the first request to the last, over the REST API alone. */
public final class Demo {
    private final Api api;
    private final String nodes;
    private final Display display;

    public Demo(Api api, String workspace, Display display) {
        this.api = api;
        this.nodes = "/api/v1/workspaces/" + workspace + "/nodes";
        this.display = display;
    }

    /**
     * Shows it.
     *
     * @throws Obstacle when a request is refused or an operation fails
     */
    public void run() throws IOException {
        Instant begin = Instant.now();
        String name = "demo-" + Long.toString(begin.toEpochMilli(), 36);
        display.headline("Provisioning " + name + " (plan-dedicated-4c8g, us-west-2)");
        var provisioned =
                api.post(nodes, request(name)).expect("provision a node", 202).data();
        String id = provisioned.path("id").asString();
        String node = nodes + "/" + id;
        var progress = new OperationProgress(api, nodes, display);
        Duration provisioning =
                progress.follow(provisioned.path("provisioning_task_id").asString());
        describe(api.get(node).expect("read the node", 200).data());
        display.headline("Audit trail of " + id);
        AuditTable.of(api.get(node + "/audit")
                        .expect("read the audit trail", 200)
                        .data())
                .forEach(display::line);
        display.headline("Deleting " + name);
        var deleted = api.delete(node).expect("delete the node", 202).data();
        Duration deletion = progress.follow(deleted.path("task_id").asString());
        api.get(node).expect("find the node gone", 404);
        display.headline("Done in " + Display.seconds(Duration.between(begin, Instant.now())) + ": provisioned in "
                + Display.seconds(provisioning) + ", deleted in " + Display.seconds(deletion) + ".");
    }

    private static Map<String, Object> request(String name) {
        return Map.of(
                "name",
                name,
                "plan_id",
                "plan-dedicated-4c8g",
                "region",
                "us-west-2",
                "labels",
                Map.of("environment", "demo"),
                "taints",
                List.of(Map.of("key", "dedicated", "value", "demo", "effect", "NoSchedule")));
    }

    private void describe(JsonNode node) {
        var kubernetes = node.path("kubernetes");
        var network = node.path("network");
        display.line("  " + node.path("status").asString() + ", Kubernetes node "
                + kubernetes.path("node_name").asString("-") + " ready="
                + kubernetes.path("ready").asBoolean(false) + ", "
                + network.path("private_ip").asString("no address") + ", "
                + node.path("cost").path("hourly_rate").asString("-") + " USD/h");
    }
}
