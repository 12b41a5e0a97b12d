package io.nodeledger.query.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostsHttpTest {
    private static QueryServer server;

    @BeforeAll
    static void given_two_workspaces() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-contract"));
        server.append(Workspaces.registered("ws-123"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_contracts_example_comes_back_field_for_field() {
        // given
        server.append(new BilledNode("node-123", "ws-contract")
                .asked("2024-03-01T09:00:00Z", "prod-node-1", "plan-dedicated-4c8g", "0.12", "0.00", "us-west-2")
                .ready("2024-03-01T09:10:00Z")
                .events());
        server.append(new BilledNode("node-124", "ws-contract")
                .asked("2024-03-01T09:00:00Z", "prod-node-2", "plan-dedicated-4c8g", "0.12", "0.00", "us-east-1")
                .ready("2024-03-01T09:10:00Z")
                .events());
        server.append(new BilledNode("node-125", "ws-contract")
                .asked("2024-04-16T00:00:00Z", "prod-node-3", "plan-gone", "0.24", "0.00", "us-west-2")
                .ready("2024-04-16T00:00:00Z")
                .events());

        // when
        var data = costs("ws-contract", "at=2024-04-30T23:59:59.999Z");

        // then
        assertThat(server.get("/api/v1/workspaces/ws-contract/nodes/costs?at=2024-04-30T23:59:59.999Z")
                        .raw()
                        .body())
                .contains("\"total_cost\":259.20", "\"hours_running\":720}");
        assertThat(data).isEqualTo(JsonMapper.shared().readTree("""
                        {
                          "current_month": {
                            "total_cost": 259.20,
                            "projected_cost": 259.20,
                            "currency": "USD",
                            "from": "2024-04-01T00:00:00Z",
                            "to": "2024-04-30T23:59:59.999Z",
                            "by_node": [
                              {"node_id": "node-123", "name": "prod-node-1", "cost": 86.40, "hourly_rate": 0.12, "hours_running": 720},
                              {"node_id": "node-124", "name": "prod-node-2", "cost": 86.40, "hourly_rate": 0.12, "hours_running": 720},
                              {"node_id": "node-125", "name": "prod-node-3", "cost": 86.40, "hourly_rate": 0.24, "hours_running": 360}
                            ],
                            "by_plan": [
                              {"plan_id": "plan-dedicated-4c8g", "plan_name": "Dedicated Medium", "cost": 172.80, "node_count": 2},
                              {"plan_id": "plan-gone", "plan_name": "plan-gone", "cost": 86.40, "node_count": 1}
                            ]
                          },
                          "trends": {"cost_trend": "increasing", "percentage_change": 51.9, "comparison_period": "last_month"}
                        }"""));
    }

    @Test
    void case_20_twenty_four_hours_cost_twenty_four_times_the_rate() {
        server.append(new BilledNode("node-day", "ws-123")
                .asked("2023-05-02T23:00:00Z", "day", "plan-dedicated-4c8g", "1.00", "0.50", "us-west-2")
                .ready("2023-05-03T00:00:00Z")
                .deleted("2023-05-03T23:59:00Z", "2023-05-04T00:00:00Z")
                .events());

        var month = costs("ws-123", "at=2023-05-20T00:00:00Z").path("current_month");

        assertThat(month.path("total_cost").decimalValue()).isEqualByComparingTo("24.00");
        assertThat(month.path("projected_cost").decimalValue()).isEqualByComparingTo("24.00");
        assertThat(month.path("by_node").get(0).path("hours_running").intValue())
                .isEqualTo(24);
    }

    @Test
    void case_20_a_deleted_node_stays_in_the_bill_of_its_month_and_a_stopped_one_costs_its_stopped_rate() {
        server.append(new BilledNode("node-leap", "ws-123")
                .asked("2020-02-28T12:00:00Z", "leap", "plan-dedicated-4c8g", "1.00", "0.25", "eu-west-1")
                .ready("2020-02-28T12:30:00Z")
                .stopped("2020-02-28T22:30:00Z")
                .started("2020-03-01T02:30:00Z")
                .deleted("2020-03-01T03:00:00Z", "2020-03-01T03:30:00Z")
                .events());

        var february = costs("ws-123", "period=last_month&breakdown=region&at=2020-03-15T00:00:00Z")
                .path("last_month");
        // 10 h at 1.00, then 25 h 30 min of the leap year's February at 0.25.
        assertThat(february.path("total_cost").decimalValue()).isEqualByComparingTo("16.38");
        assertThat(february.has("projected_cost")).isFalse();
        assertThat(february.has("by_node")).isFalse();
        assertThat(february.path("by_region").get(0).path("cost").decimalValue())
                .isEqualByComparingTo("16.38");
        var march = costs("ws-123", "at=2020-03-15T00:00:00Z").path("current_month");
        // 2 h 30 min at 0.25 and 1 h at 1.00: both halves of a cent are rounded once, in the sum.
        assertThat(march.path("total_cost").decimalValue()).isEqualByComparingTo("1.63");
        assertThat(costs("ws-123", "period=last_3_months&at=2020-05-01T00:00:00Z")
                        .path("last_3_months")
                        .path("total_cost")
                        .decimalValue())
                .isEqualByComparingTo("18.00");
    }

    @Test
    void a_machine_that_vanished_is_billed_until_its_last_proof_of_life_once_that_is_known() {
        server.append(new BilledNode("node-lost", "ws-123")
                .asked("2021-06-01T00:00:00Z", "lost", "plan-dedicated-4c8g", "1.00", "0.00", "us-west-2")
                .ready("2021-06-01T00:00:00Z")
                .vanished("2021-06-01T10:00:00Z", "2021-06-01T12:00:00Z")
                .events());

        assertThat(total("2021-06-01T11:59:59.999Z")).isEqualByComparingTo("12.00");
        assertThat(total("2021-06-01T12:00:00Z")).isEqualByComparingTo("10.00");
        assertThat(total("2021-06-30T00:00:00Z")).isEqualByComparingTo("10.00");
    }

    @Test
    void a_node_by_itself_shows_what_it_has_in_the_bill_of_the_month() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        server.append(new BilledNode("node-now", "ws-123")
                .asked(now.minusSeconds(9_000).toString())
                .ready(now.minusSeconds(8_000).toString())
                .deletionFailed(now.minusSeconds(1_000).toString())
                .events());

        var node = server.get("/api/v1/workspaces/ws-123/nodes/node-now").data();

        assertThat(node.at("/cost/current_month_cost").decimalValue())
                .isEqualByComparingTo(costs("ws-123", "breakdown=node")
                        .at("/current_month/by_node/0/cost")
                        .decimalValue());
    }

    @Test
    void bad_questions_get_the_documented_errors() {
        assertThat(server.get("/api/v1/workspaces/ws-123/nodes/costs?period=today&breakdown=name&at=noon")
                        .body()
                        .path("error")
                        .path("details")
                        .path("fields")
                        .valueStream()
                        .map(field -> field.path("field").asString()))
                .containsExactlyInAnyOrder("period", "breakdown", "at");
        assertThat(server.get("/api/v1/workspaces/ws-unknown/nodes/costs").status())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/workspaces/ws-123/nodes/costs", server.token("ws-contract", "admin"))
                        .status())
                .isEqualTo(404);
    }

    private static BigDecimal total(String at) {
        return costs("ws-123", "at=" + at)
                .path("current_month")
                .path("total_cost")
                .decimalValue();
    }

    private static JsonNode costs(String workspace, String query) {
        var answer = server.get("/api/v1/workspaces/" + workspace + "/nodes/costs?" + query);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.data();
    }
}
