package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** A node whose owner changes its thresholds, an event each that nobody has to act on. */
record BusyNode(String path) {
    private static final String NODES = "/api/v1/workspaces/ws-demo/nodes";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** One that runs. */
    static BusyNode running(InstanceClient client, Fleet fleet) throws IOException, InterruptedException {
        var asked = client.send("POST", fleet.url(Service.COMMAND, 1) + NODES, """
                {"name": "busy", "plan_id": "plan-dedicated-2c4g", "region": "us-west-2"}""");
        String path = NODES + "/"
                + JsonMapper.shared().readTree(asked.body()).at("/data/id").stringValue();
        String position = asked.headers().firstValue(InstanceClient.POSITION).orElseThrow();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!client.read(fleet.url(Service.QUERY, 1) + path, position).body().contains("\"status\":\"running\"")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The node does not run");
            }
            Thread.sleep(LOOK);
        }
        return new BusyNode(path);
    }

    /** Changes a threshold at a process and returns the position of the event. */
    String change(InstanceClient client, String url, int number) throws IOException, InterruptedException {
        var changed = client.send(
                "PUT",
                url + path + "/thresholds",
                "{\"cpu\": {\"percentage\": %d, \"for_seconds\": 300}}".formatted(50 + number % 40));
        return changed.headers().firstValue(InstanceClient.POSITION).orElseThrow();
    }
}
