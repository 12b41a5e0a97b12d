package io.nodeledger.query.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import io.nodeledger.query.QueryServer.Answer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CostLinesHttpTest {
    private static final String COSTS = "/api/v1/workspaces/ws-123/nodes/costs";
    private static final String MONTH = "?period=last_month&at=2024-05-10T00:00:00Z";

    private static QueryServer server;

    @BeforeAll
    static void given_three_nodes_of_which_one_was_stopped_for_a_while_and_one_is_gone() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(Workspaces.registered("ws-other"));
        server.append(new BilledNode("node-1", "ws-123")
                .asked("2024-03-30T00:00:00Z", "one", "plan-dedicated-4c8g", "0.12", "0.02", "us-west-2")
                .ready("2024-03-30T00:10:00Z")
                .stopped("2024-04-10T00:00:00Z")
                .started("2024-04-10T00:20:00.001Z")
                .events());
        server.append(new BilledNode("node-2", "ws-123")
                .asked("2024-04-01T00:00:00Z", "two", "plan-dedicated-2c4g", "0.06", "0.00", "eu-west-1")
                .ready("2024-04-01T00:10:00Z")
                .deleted("2024-04-01T00:11:00Z", "2024-04-01T00:12:00Z")
                .events());
        server.append(new BilledNode("node-3", "ws-other")
                .asked("2024-04-01T00:00:00Z")
                .ready("2024-04-01T00:00:00Z")
                .events());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_line_says_when_at_what_rate_and_by_which_events_and_all_sum_to_the_bill() {
        var lines = list(server.get(COSTS + "/lines" + MONTH).data());

        assertThat(lines).hasSize(4);
        var running = lines.getFirst();
        assertThat(running.path("node_id").asString()).isEqualTo("node-1");
        assertThat(running.path("name").asString()).isEqualTo("one");
        assertThat(running.path("plan_id").asString()).isEqualTo("plan-dedicated-4c8g");
        assertThat(running.path("region").asString()).isEqualTo("us-west-2");
        assertThat(running.path("status").asString()).isEqualTo("running");
        assertThat(running.path("rate").decimalValue()).isEqualByComparingTo("0.12");
        assertThat(running.path("started_at").asString()).isEqualTo("2024-04-01T00:00:00Z");
        assertThat(running.path("ended_at").asString()).isEqualTo("2024-04-10T00:00:00Z");
        assertThat(running.path("seconds").decimalValue()).isEqualByComparingTo("777600");
        assertThat(running.path("cost").decimalValue()).isEqualByComparingTo("25.92");
        assertThat(running.path("event_ids")).hasSize(2);
        var stopped = lines.get(1);
        assertThat(stopped.path("status").asString()).isEqualTo("stopped");
        assertThat(stopped.path("seconds").decimalValue()).isEqualByComparingTo("1200.001");
        assertThat(stopped.path("event_ids").get(0))
                .isEqualTo(running.path("event_ids").get(1));
        var open = lines.get(2);
        assertThat(open.path("ended_at").asString()).isEqualTo("2024-05-01T00:00:00Z");
        assertThat(open.path("event_ids")).hasSize(1);
        assertThat(sum(lines, "cost")).isEqualByComparingTo(totalOfMonth());
    }

    @Test
    void what_goes_on_has_no_end_yet() {
        var lines = list(server.get(COSTS + "/lines?node_id=node-1&at=2024-05-10T00:00:00Z")
                .data());

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.has("ended_at")).isFalse());
    }

    @Test
    void pages_of_any_size_show_every_line_once() {
        for (int limit = 1; limit <= 5; limit++) {
            var followed = new ArrayList<JsonNode>();
            String next = COSTS + "/lines" + MONTH + "&limit=" + limit;
            while (!next.isEmpty()) {
                Answer page = server.get(next);
                followed.addAll(list(page.data()));
                String link = page.header("Link");
                var url = link.isEmpty() ? null : URI.create(link.substring(1, link.indexOf('>')));
                next = url == null ? "" : url.getRawPath() + "?" + url.getRawQuery();
            }
            assertThat(followed)
                    .isEqualTo(list(server.get(COSTS + "/lines" + MONTH).data()));
        }
    }

    @Test
    void csv_has_all_lines_at_once() {
        var csv = server.get(
                COSTS + "/lines" + MONTH + "&limit=1", server.token("ws-123", "viewer"), "Accept", "text/csv");

        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        var rows = csv.raw().body().split("\r\n", -1);
        assertThat(rows).hasSize(6);
        assertThat(rows[0]).startsWith("node_id,name,plan_id,region,status,rate,started_at,ended_at,seconds,cost,");
        assertThat(rows[1])
                .startsWith("node-1,one,plan-dedicated-4c8g,us-west-2,running,0.12,2024-04-01T00:00:00Z,"
                        + "2024-04-10T00:00:00Z,777600.000,25.92,evt-");
        assertThat(rows[5]).isEmpty();
    }

    @Test
    void a_simulation_answers_what_other_rates_would_have_made_of_the_same_times() {
        var simulated = server.post(
                        COSTS + "/simulate",
                        server.token("ws-123", "viewer"),
                        "{\"period\": \"last_month\", \"stopped_rate\": 36, \"plans\": [{\"plan_id\": \"plan-x\", \"hourly_rate\": 1}]}")
                .data();

        // Nothing was billed in the month before this one.
        assertThat(simulated.path("difference").decimalValue()).isEqualByComparingTo("0");
        var simulation = new Simulation(
                Map.of("plan-dedicated-4c8g", new Simulation.OtherRates(new BigDecimal("0.10"), null)),
                new BigDecimal("36"));
        var april = Period.LAST_MONTH.span(Instant.parse("2024-05-10T00:00:00Z"));
        var nodes = server.bean(CostQueries.class).nodes("ws-123", april, Instant.parse("2024-05-10T00:00:00Z"));
        var other = new Bill<>(nodes.stream().map(simulation::of).toList());
        // 719 h 39 min 59.999 s at 0.10, 20 min and a millisecond at 36, two minutes at 0.06.
        assertThat(LargestRemainder.shown(other.cents())).isEqualByComparingTo("83.97");
    }

    @Test
    void operators_see_what_all_workspaces_cost() {
        var costs = server.get("/api/v1/admin/costs" + MONTH).data();

        var total = costs.path("total_cost").decimalValue();
        assertThat(total).isEqualByComparingTo(totalOfMonth().add(new BigDecimal("86.40")));
        for (String array : List.of("by_region", "by_plan", "by_workspace")) {
            assertThat(sum(list(costs.path(array)), "cost")).isEqualByComparingTo(total);
        }
        assertThat(costs.path("by_workspace").get(1).path("workspace_id").asString())
                .isEqualTo("ws-other");
        assertThat(costs.path("by_workspace").get(1).path("node_count").intValue())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/admin/costs", server.token("ws-123", "admin"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void bad_questions_name_every_bad_field() {
        assertThat(
                        fields(
                                server.post(
                                        COSTS + "/simulate",
                                        server.token("ws-123", "viewer"),
                                        "{\"period\": \"today\", \"stopped_rate\": -1, \"plans\": [{\"hourly_rate\": 1e-11}], \"x\": 1}")))
                .containsExactlyInAnyOrder("period", "stopped_rate", "plans[0].plan_id", "plans[0].hourly_rate", "x");
        assertThat(fields(server.get(COSTS + "/lines?cursor=abc&limit=0&period=&at=x")))
                .containsExactlyInAnyOrder("cursor", "limit", "period", "at");
        assertThat(server.get("/api/v1/workspaces/ws-none/nodes/costs/lines").status())
                .isEqualTo(404);
    }

    private static BigDecimal totalOfMonth() {
        return server.get(COSTS + MONTH)
                .data()
                .path("last_month")
                .path("total_cost")
                .decimalValue();
    }

    private static BigDecimal sum(List<JsonNode> lines, String field) {
        return lines.stream().map(line -> line.path(field).decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    private static List<String> fields(Answer refused) {
        assertThat(refused.status()).isEqualTo(400);
        return refused.body()
                .path("error")
                .path("details")
                .path("fields")
                .valueStream()
                .map(field -> field.path("field").asString())
                .toList();
    }
}
