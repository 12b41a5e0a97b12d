package io.nodeledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A caller who adds exactly what a 402 names, where charges have left fractions of a cent. */
class ToppedUpTest {
    private static RunningWriteDoor door;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void is_admitted_with_a_cent_where_less_than_half_a_cent_is_missing() throws Exception {
        workspace("ws-fraction", "86.40");
        charge("ws-fraction", "0.004");

        var refused = provision("ws-fraction");

        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.body())
                .contains("{\"required_credits\":86.40,\"available_credits\":86.39,\"missing_credits\":0.01}");
        grant("ws-fraction", "0.01");
        assertThat(provision("ws-fraction").statusCode()).isEqualTo(202);
    }

    @Test
    void is_admitted_out_of_debt_too() throws Exception {
        workspace("ws-owing", "1.00");
        charge("ws-owing", "4.601");

        var refused = provision("ws-owing");

        assertThat(refused.body())
                .contains("{\"required_credits\":86.40,\"available_credits\":0.00,\"missing_credits\":90.01,"
                        + "\"owed_credits\":3.61}");
        grant("ws-owing", "90.01");
        assertThat(provision("ws-owing").statusCode()).isEqualTo(202);
    }

    private static HttpResponse<String> provision(String workspace) throws Exception {
        return door.admin(workspace)
                .post(
                        "/api/v1/workspaces/" + workspace + "/nodes",
                        "{\"name\":\"prod-1\",\"plan_id\":\"plan-dedicated-4c8g\"}");
    }

    private static void workspace(String id, String credits) throws Exception {
        door.operator().put("/api/v1/admin/workspaces/" + id, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}");
        grant(id, credits);
    }

    private static void grant(String workspace, String credits) throws Exception {
        String path = "/api/v1/admin/workspaces/" + workspace + "/credits";
        assertThat(door.operator().post(path, "{\"amount\":" + credits + "}").statusCode())
                .isEqualTo(201);
    }

    private static void charge(String workspace, String usd) {
        var day = LocalDate.parse("2026-01-05");
        door.service()
                .getBean(CommandGateway.class)
                .sendAndWait(new ChargeWorkspace(
                        workspace,
                        day,
                        new BigDecimal(usd),
                        Map.of(),
                        Duration.ofDays(3),
                        AfterGrace.KEEP,
                        Instant.now()));
    }
}
