package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller who repeats a request with its key may count on. */
class IdempotencyTest {
    private static RunningWriteDoor door;
    private static ApiCaller operator;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
        operator = door.operator();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void a_repeated_wish_for_a_node_gets_the_first_answer_and_no_second_node() throws Exception {
        var admin = door.admin(workspace("ws-repeat", 10_000)).withKey("order 1");

        var first = admin.post(nodes("ws-repeat"), wish("prod-1"));
        var again = admin.post(nodes("ws-repeat"), wish("prod-1"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertRepeated(again, first);
        String node = data(first).get("id").stringValue();
        assertThat(door.eventsOf("workspace:ws-repeat"))
                .containsExactly("WorkspaceRegistered", "CreditsGranted", "NodeAdmitted");
        assertThat(door.metadataOf(node)).containsEntry("idempotency_key", "order 1");
        assertThat(door.metadataOf(node).keySet())
                .as("nothing of how keys are kept")
                .noneMatch(name -> name.startsWith("own:"));
    }

    @Test
    void a_repeated_deletion_and_a_repeated_grant_get_their_first_answers_too() throws Exception {
        var admin = door.admin(workspace("ws-more", 10_000));
        String node =
                data(admin.post(nodes("ws-more"), wish("prod-1"))).get("id").stringValue();
        var keyed = admin.withKey("gone");
        var granting = operator.withKey("grant");

        var deleted = keyed.delete(nodes("ws-more") + "/" + node + "?force=false&drain_timeout=60");
        var granted = granting.post(credits("ws-more"), "{\"amount\":1.50,\"reason\":\"a present\"}");

        assertThat(deleted.statusCode()).isEqualTo(202);
        assertThat(granted.statusCode()).isEqualTo(201);
        assertRepeated(keyed.delete(nodes("ws-more") + "/" + node + "?drain_timeout=60&force=false"), deleted);
        assertRepeated(granting.post(credits("ws-more"), "{ \"reason\": \"a present\", \"amount\": 1.50 }"), granted);
        assertThat(code(keyed.delete(nodes("ws-more") + "/" + node + "?force=true")))
                .isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(door.eventsOf("workspace:ws-more"))
                .filteredOn("CreditsGranted"::equals)
                .hasSize(2);
    }

    @Test
    void a_key_of_another_payload_is_refused_and_changes_nothing() throws Exception {
        var admin = door.admin(workspace("ws-other", 10_000)).withKey("k");
        var first = admin.post(nodes("ws-other"), wish("prod-1"));

        var other = admin.post(nodes("ws-other"), wish("prod-2"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(code(other)).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(door.eventsOf("workspace:ws-other"))
                .filteredOn("NodeAdmitted"::equals)
                .hasSize(1);
        assertRepeated(admin.post(nodes("ws-other"), wish("prod-1")), first);
    }

    @Test
    void a_refusal_is_decided_anew() throws Exception {
        var admin = door.admin(workspace("ws-poor", 1)).withKey("k");

        assertThat(code(admin.post(nodes("ws-poor"), wish("prod-1")))).isEqualTo("402 INSUFFICIENT_CREDITS");
        operator.post(credits("ws-poor"), "{\"amount\":1000}");

        var answer = admin.post(nodes("ws-poor"), wish("prod-1"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void the_same_key_of_somebody_else_and_on_another_path_is_another_key() throws Exception {
        workspace("ws-mine", 10_000);
        workspace("ws-yours", 10_000);

        var mine = door.admin("ws-mine").withKey("k").post(nodes("ws-mine"), wish("prod-1"));
        var operators = operator.withKey("k").post(nodes("ws-mine"), wish("prod-2"));
        var elsewhere = operator.withKey("k").post(nodes("ws-yours"), wish("prod-1"));

        assertThat(mine.statusCode()).isEqualTo(202);
        assertThat(operators.statusCode()).isEqualTo(202);
        assertThat(elsewhere.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TOO LONG"})
    void a_malformed_key_is_a_400_that_names_the_header(String key) throws Exception {
        workspace("ws-bad", 10_000);
        var admin = door.admin("ws-bad").withKey(key.equals("TOO LONG") ? "k".repeat(256) : key);

        var answer = admin.post(nodes("ws-bad"), wish("prod-1"));

        assertThat(code(answer)).isEqualTo("400 VALIDATION_ERROR");
        assertThat(fields(answer)).containsExactly("Idempotency-Key malformed");
        assertThat(door.eventsOf("workspace:ws-bad")).doesNotContain("NodeAdmitted");
    }

    @Test
    void two_keys_in_one_request_are_a_400_and_the_longest_key_is_none() throws Exception {
        var admin = door.admin(workspace("ws-long", 10_000)).withKey("k".repeat(255));

        assertThat(fields(admin.withKey("k").post(nodes("ws-long"), wish("prod-1"))))
                .containsExactly("Idempotency-Key malformed");
        assertThat(admin.post(nodes("ws-long"), wish("prod-1")).statusCode()).isEqualTo(202);
    }

    @Test
    void answers_are_kept_for_two_days_and_then_removed() throws Exception {
        var admin = door.admin(workspace("ws-old", 10_000)).withKey("old");
        var young = door.admin("ws-old").withKey("young");
        admin.post(nodes("ws-old"), wish("prod-1"));
        young.post(nodes("ws-old"), wish("prod-2"));
        door.sql()
                .sql("UPDATE command.idempotency_key SET created_at = now() - interval '47 hours'")
                .update();

        assertThat(admin.post(nodes("ws-old"), wish("prod-1")).statusCode()).isEqualTo(202);

        door.sql().sql("""
                        UPDATE command.idempotency_key SET created_at = now() - interval '49 hours'
                        WHERE answer LIKE '%' || ? || '%'""").param(idOf("prod-1")).update();
        var forgotten =
                await().until(() -> admin.post(nodes("ws-old"), wish("prod-1")), again -> again.statusCode() != 202);
        assertThat(code(forgotten)).isEqualTo("409 NODE_NAME_TAKEN");
        assertThat(young.post(nodes("ws-old"), wish("prod-2")).statusCode()).isEqualTo(202);
    }

    /** The node that a name was given to last. */
    private static String idOf(String name) {
        return door.sql().sql("""
                        SELECT aggregate_identifier FROM eventstore.events
                        WHERE payload ->> 'name' = ? AND payload ->> 'workspaceId' = 'ws-old' AND sequence_number = 0
                        ORDER BY global_index DESC LIMIT 1""").param(name).query(String.class).single();
    }

    private static void assertRepeated(HttpResponse<String> again, HttpResponse<String> first) {
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        for (String header : new String[] {"Location", "Operation-Location", "X-Event-Position"}) {
            assertThat(again.headers().firstValue(header))
                    .isEqualTo(first.headers().firstValue(header));
        }
    }

    private static String workspace(String id, int credits) throws Exception {
        assertThat(operator.put("/api/v1/admin/workspaces/" + id, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}")
                        .statusCode())
                .isIn(200, 201);
        assertThat(operator.post(credits(id), "{\"amount\":" + credits + "}").statusCode())
                .isEqualTo(201);
        return id;
    }

    private static String credits(String workspace) {
        return "/api/v1/admin/workspaces/" + workspace + "/credits";
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    private static String wish(String name) {
        return "{\"name\":\"" + name + "\",\"plan_id\":\"plan-dedicated-4c8g\"}";
    }
}
