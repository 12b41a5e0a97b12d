package io.nodeledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The trail as a file: all of what is asked for, whatever the size of a page. */
class AuditExportHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String LINES = "application/x-ndjson";
    private static final Instant TOP_UP = Instant.parse("2024-01-21T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static QueryServer server;

    @BeforeAll
    static void given_more_entries_than_are_read_at_a_time() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        var history = History.of("node-1").provision().succeed();
        for (int i = 0; i < 600; i++) {
            history.foundOff().foundOn();
        }
        server.append(history);
        var formula = new Cause("=HYPERLINK(\"x\")", "user", "admin", "ws-123", "+1", "-1", null, "@SUM", null);
        server.appendUnseen(
                List.of(new CreditsGranted("ws-123", BigDecimal.ONE, "a \"top-up\",\r\nnew line", TOP_UP)),
                formula.asMetadata());
        server.append(new History("node-2", "ws-123", "b", Instant.parse("2024-01-20T10:00:00Z")).provision());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit",
                "/audit?include=steps",
                "/audit?sort=-position",
                "/audit?action=node.found_running&from=2024-01-20T10:05:00Z",
                "/node-1/audit",
                "/node-1/audit?sort=-position&include=steps",
                "/audit?actor=nobody",
            })
    void lines_of_json_are_the_entries_of_the_list(String path) {
        var answer = server.get(NODES + path, server.tokenFor(NODES), "Accept", LINES);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(LINES);
        assertThat(answer.raw().body().lines().map(JSON::readTree))
                .containsExactlyElementsOf(server.all(NODES + path + (path.contains("?") ? "&" : "?") + "limit=200"));
    }

    @Test
    void an_export_is_not_a_page() {
        var answer = server.get(NODES + "/node-1/audit?limit=3", server.tokenFor(NODES), "Accept", LINES);

        assertThat(answer.raw().body().lines()).hasSize(1202);
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void a_table_has_a_header_and_a_line_for_each_entry() {
        var answer = server.get(NODES + "/node-2/audit", server.tokenFor(NODES), "Accept", "text/csv");

        var entry = server.all(NODES + "/node-2/audit").getFirst();
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(answer.raw().body())
                .startsWith(
                        "id,position,occurred_at,type,outcome,node_id,operation_id,actor_id,actor_type,actor_role,"
                                + "command,cause_event_id,request_id,source_address,status_before,status_after,data,transition_id\r\n"
                                + "\"" + entry.get("id").asString() + "\",\""
                                + entry.get("position").asLong()
                                + "\",\"2024-01-20T10:00:00Z\",\"node.provisioning_started\",,\"node-2\",\"task-2a\",\"user-1\","
                                + "\"user\",\"admin\",\"ProvisionNode\",,\"req-1\",\"192.0.2.7\",,\"provisioning\",\"{\"\"name\"\":\"\"b\"\"")
                .endsWith("}\",\r\n");
    }

    @Test
    void what_a_spreadsheet_would_run_is_text_and_quotes_and_lines_stay_in_their_cells() {
        var answer = server.get(
                NODES + "/audit?action=workspace.credits_granted", server.tokenFor(NODES), "Accept", "text/csv");

        assertThat(answer.raw().body())
                .contains(",\"'=HYPERLINK(\"\"x\"\")\",\"user\",\"admin\",\"'@SUM\",,\"'+1\",\"'-1\",\"active\",")
                .contains("a \\\"\"top-up\\\"\",\\r\\nnew line");
        assertThat(answer.raw().body().split("\r\n", -1)).hasSize(1 + 2 + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/json, application/json",
        "application/problem+json, application/json",
        "'text/csv;q=0.5, application/x-ndjson', application/x-ndjson",
        "'text/html, text/*;q=0.1', text/csv;charset=UTF-8",
    })
    void what_the_caller_takes_decides(String accept, String type) {
        assertThat(server.get(NODES + "/node-2/audit", server.tokenFor(NODES), "Accept", accept)
                        .header("Content-Type"))
                .isEqualToIgnoringCase(type);
    }

    @ParameterizedTest
    @CsvSource({
        "ws-123/nodes/audit?from=now, 400",
        "ws-123/nodes/node-none/audit, 404",
        "ws-none/nodes/audit, 404",
    })
    void a_refusal_is_an_error_as_always(String path, int status) {
        var answer =
                server.get("/api/v1/workspaces/" + path, server.token(Map.of("platform_admin", true)), "Accept", LINES);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().at("/error/code").isString()).isTrue();
    }

    @Test
    void only_those_who_may_read_the_trail_may_export_it() {
        assertThat(server.get(NODES + "/audit", server.token("ws-123", "developer"), "Accept", LINES)
                        .status())
                .isEqualTo(403);
        assertThat(server.get(NODES + "/audit", server.tokenFor(NODES), "Accept", "application/xml")
                        .status())
                .isEqualTo(406);
    }
}
