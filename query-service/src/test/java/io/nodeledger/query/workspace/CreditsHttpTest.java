package io.nodeledger.query.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.query.QueryServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreditsHttpTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T00:10:00Z");
    private static final Instant GRACE = TUESDAY.plusSeconds(259_200);

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = new QueryServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_workspace_in_debt_sees_what_it_owes_and_until_when_its_nodes_go_on() {
        given("ws-broke", exhausted("ws-broke"));

        var credits = credits("ws-broke");

        assertThat(without(credits, "entries")).isEqualTo(JsonMapper.shared().readTree("""
                        {"balance": 0.00, "held": 0.00, "available": 0.00, "owed": 3.60, "currency": "USD",
                         "grace_ends_at": "2026-01-09T00:10:00Z", "after_grace": "stop",
                         "plan": "pro", "max_nodes": 5, "current_nodes": 1, "suspended": false, "placement": "shared"}"""));
    }

    @Test
    void a_charge_shows_its_day_where_it_was_drawn_from_and_its_event() {
        given("ws-ledger", exhausted("ws-ledger"));

        var entries = credits("ws-ledger").path("entries");

        assertThat(types(entries)).containsExactly("exhausted", "charge", "hold", "grant");
        assertThat(without(entries.get(1), "id", "event_ids"))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"type": "charge", "amount": 100.00, "occurred_at": "2026-01-06T00:10:00Z",
                         "day": "2026-01-05", "from_holds": 86.40, "owed": 3.60}"""));
        assertThat(entries.get(1).path("event_ids").get(0).asString())
                .isEqualTo(entries.get(1).path("id").asString())
                .startsWith("evt-");
        assertThat(entries.get(0).path("amount").decimalValue()).isEqualByComparingTo("3.60");
    }

    @Test
    void a_debt_that_is_paid_leaves_nothing_but_its_entries() {
        given("ws-paid", exhausted("ws-paid"));
        server.append(List.of(
                new CreditsGranted("ws-paid", new BigDecimal("5.00"), null, TUESDAY.plusSeconds(60)),
                new OwedSettled("ws-paid", new BigDecimal("3.60"), TUESDAY.plusSeconds(60)),
                new CreditsRestored("ws-paid", TUESDAY.plusSeconds(60))));

        var credits = credits("ws-paid");

        assertThat(types(credits.path("entries")))
                .containsExactly("restored", "settled", "grant", "exhausted", "charge", "hold", "grant");
        assertThat(credits.path("balance").decimalValue()).isEqualByComparingTo("1.40");
        assertThat(credits.path("available").decimalValue()).isEqualByComparingTo("1.40");
        assertThat(credits.path("owed").decimalValue()).isZero();
        assertThat(credits.has("grace_ends_at")).isFalse();
        assertThat(credits.has("after_grace")).isFalse();
    }

    @Test
    void amounts_are_rounded_once_where_they_are_shown_and_a_correction_is_negative() {
        given(
                "ws-exact",
                charged("ws-exact", "2026-01-05", "1.004", "1.004", Map.of(), "0"),
                charged("ws-exact", "2026-01-06", "1.004", "1.004", Map.of(), "0"),
                charged("ws-exact", "2026-01-07", "-0.005", "-0.005", Map.of(), "0"));

        var credits = credits("ws-exact");

        // 10.00 - 2.003 is 7.997; three amounts that had been rounded first would leave 8.01.
        assertThat(credits.path("available").decimalValue()).isEqualByComparingTo("8.00");
        assertThat(credits.path("entries").get(0).path("amount").decimalValue()).isEqualByComparingTo("-0.01");
        assertThat(credits.path("entries").get(1).path("amount").decimalValue()).isEqualByComparingTo("1.00");
        assertThat(credits.path("entries").get(1).has("owed")).isFalse();
    }

    @Test
    void the_platform_operator_sees_what_a_workspace_owes() {
        given("ws-watched", exhausted("ws-watched"));

        var credits = server.get("/api/v1/admin/workspaces/ws-watched").data().path("credits");

        assertThat(credits.path("owed").decimalValue()).isEqualByComparingTo("3.60");
        assertThat(credits.path("grace_ends_at").asString()).isEqualTo("2026-01-09T00:10:00Z");
    }

    /** 96.40 granted, 86.40 held, and 100.00 charged. */
    private static WorkspaceEvent[] exhausted(String id) {
        return new WorkspaceEvent[] {
            new NodeAdmitted(id, "node-1", "prod-1", new BigDecimal("86.40"), MONDAY),
            charged(id, "2026-01-05", "100.00", "10.00", Map.of("node-1", new BigDecimal("86.40")), "3.60"),
            new CreditsExhausted(id, new BigDecimal("3.60"), GRACE, AfterGrace.STOP, TUESDAY)
        };
    }

    private static WorkspaceCharged charged(
            String id,
            String day,
            String amount,
            String fromAvailable,
            Map<String, BigDecimal> fromHolds,
            String owed) {
        return new WorkspaceCharged(
                id,
                LocalDate.parse(day),
                new BigDecimal(amount),
                new BigDecimal(fromAvailable),
                fromHolds,
                new BigDecimal(owed),
                TUESDAY);
    }

    private static void given(String id, WorkspaceEvent... events) {
        var all = new ArrayList<WorkspaceEvent>();
        all.add(new WorkspaceRegistered(id, WorkspacePlan.PRO, 5, "us-west-2", id, false, MONDAY));
        String granted = events.length > 0 && events[0] instanceof NodeAdmitted ? "96.40" : "10.00";
        all.add(new CreditsGranted(id, new BigDecimal(granted), null, MONDAY));
        all.addAll(Arrays.asList(events));
        server.append(all);
    }

    private static JsonNode credits(String id) {
        var answer = server.get("/api/v1/workspaces/" + id + "/nodes/credits");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.data();
    }

    private static List<String> types(JsonNode entries) {
        return entries.valueStream().map(entry -> entry.path("type").asString()).toList();
    }

    private static JsonNode without(JsonNode object, String... fields) {
        return object.deepCopy().asObject().remove(Arrays.asList(fields));
    }
}
