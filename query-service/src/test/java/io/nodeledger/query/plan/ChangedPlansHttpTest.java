package io.nodeledger.query.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.QueryServer.Answer;
import io.nodeledger.query.Workspaces;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans out of an operator's file that changes while the service runs. */
class ChangedPlansHttpTest {
    private static final String MEDIUM = "plan-dedicated-4c8g";
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";

    @TempDir
    static Path folder;

    private static Path file;
    private static QueryServer server;

    @BeforeAll
    static void given_a_node_of_a_plan_out_of_a_file() throws IOException {
        file = folder.resolve("catalogue.yaml");
        offer(MEDIUM, "hourly_rate: 0.12");
        server = new QueryServer("--nodeledger.catalogue.file=" + file, "--nodeledger.catalogue.reload-every=20ms");
        server.append(Workspaces.registered("ws-123"));
        server.append(node(1).provision().succeed());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_new_price_is_shown_for_the_plan_and_a_node_keeps_its_own() throws IOException {
        offer(MEDIUM, "hourly_rate: 0.15");

        awaitHourly(MEDIUM, "0.15");
        var pricing = server.get("/api/v1/node-plans/" + MEDIUM);
        assertThat(pricing.raw().body())
                .contains("\"pricing\":{\"hourly\":0.15,\"monthly\":108.00,\"annual\":1166.40,\"currency\":\"USD\"}");
        assertThat(server.get("/api/v1/node-plans").raw().body())
                .contains("\"pricing\":{\"hourly\":0.15,\"monthly\":108.00}");
        assertThat(server.get(NODES + "/node-1").raw().body())
                .contains("\"hourly_rate\":0.12,\"monthly_estimate\":86.40");
    }

    @Test
    void the_price_of_now_is_shown_among_past_and_coming_ones() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        offer("plan-priced", """
                hourly_rate: 0.10
                    prices:
                      - {valid_from: %s, hourly_rate: 0.30}
                      - {valid_from: %s, hourly_rate: 0.123456}""".formatted(now.plusSeconds(3600), now.minusSeconds(1)));

        awaitHourly("plan-priced", "0.123456");

        assertThat(server.get("/api/v1/node-plans/plan-priced").raw().body())
                .contains("\"hourly\":0.123456,\"monthly\":88.89,\"annual\":959.99");
    }

    @Test
    void a_plan_that_is_no_longer_offered_is_not_found_and_its_nodes_go_on() throws IOException {
        offer("plan-other", "hourly_rate: 0.20");

        awaitHourly("plan-other", "0.20");

        assertThat(server.get("/api/v1/node-plans/" + MEDIUM).status()).isEqualTo(404);
        for (String path : List.of(NODES + "/node-1", NODES + "?plan_id=" + MEDIUM, NODES + "/usage")) {
            assertThat(server.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.get(NODES + "/node-1").data().get("plan_id").asString())
                .isEqualTo(MEDIUM);
    }

    @Test
    void a_plan_is_in_stock_while_any_region_has_a_place_for_a_node() throws IOException {
        assertInStock("stock: {us-west-2: 2, us-east-1: 0}", true);
        assertInStock("stock: {us-west-2: 1, us-east-1: 0}", false);
        assertInStock("stock: {us-west-2: 0}", true);
        assertInStock("stock: {us-west-2: 1, us-east-1: 0}", false);

        server.append(node(2).provision("us-east-1", History.MEDIUM).succeed());
        assertInStock("stock: {us-west-2: 1, us-east-1: 1}", false);
        server.append(node(3).provision("us-east-1", History.MEDIUM)
                .succeed()
                .delete(NodeStatus.RUNNING)
                .gone());
        assertInStock("stock: {us-west-2: 1, us-east-1: 2}", true);
    }

    private static void assertInStock(String stock, boolean expected) throws IOException {
        // The price tells when the file has been read.
        BigDecimal rate = BigDecimal.valueOf(1 + Math.abs(System.nanoTime() % 1_000_000), 2)
                .setScale(2);
        offer(MEDIUM, "hourly_rate: " + rate + "\n    " + stock);
        awaitHourly(MEDIUM, rate.toPlainString());
        var availability = server.get("/api/v1/node-plans/" + MEDIUM).data().get("availability");
        assertThat(availability.get("in_stock").asBoolean()).as(stock).isEqualTo(expected);
        assertThat(availability.get("regions").toString()).isEqualTo("[\"us-west-2\",\"us-east-1\"]");
    }

    private static void awaitHourly(String plan, String rate) {
        await().until(
                        () -> server.get("/api/v1/node-plans/" + plan),
                        (Answer answer) -> answer.raw().body().contains("\"hourly\":" + rate + ","));
    }

    private static void offer(String plan, String price) throws IOException {
        Files.writeString(file, """
                plans:
                  - id: %s
                    name: A plan
                    description: for a test
                    specs: {cpu_cores: 4, cpu_type: Intel Xeon, memory_gb: 8, memory_type: DDR4, storage_gb: 100,
                            storage_type: NVMe SSD, network_speed: 1Gbps, architecture: x86_64}
                    %s
                    stopped_rate: 0.00
                    currency: USD
                    regions: [us-west-2, us-east-1]
                    features: []
                    suitable_for: []
                    provisioning_minutes_min: 5
                    provisioning_minutes_max: 10
                """.formatted(plan, price));
    }

    private static History node(int number) {
        return new History("node-" + number, "ws-123", "n" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }
}
