package io.nodeledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accepting what a breaker holds back. The row is another service's; here it is made as that makes it. */
class DriftAcceptanceTest {
    private static RunningWriteDoor door;
    private static JdbcClient sql;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
        sql = door.sql();
        sql.sql("""
                        CREATE TABLE provisioner.reconciled_region (
                          region text PRIMARY KEY, breaker_reason text, held_back int NOT NULL DEFAULT 0,
                          accepted_changes int, accepted_at timestamptz, accepted_by text, accepted_request text)""").update();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @BeforeEach
    void regions() {
        sql.sql("TRUNCATE provisioner.reconciled_region").update();
        sql.sql("""
                        INSERT INTO provisioner.reconciled_region (region, breaker_reason, held_back) VALUES
                          ('us-west-2', '40 changes at once', 40), ('us-east-1', NULL, 0),
                          ('eu-west-1', 'Proxmox: no answer', 0)""").update();
    }

    @Test
    void an_operator_accepts_as_many_changes_as_are_held_back_and_is_named_for_it() throws Exception {
        var answer = door.operator().post("/api/v1/admin/drift/us-west-2/accept", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"data\":{\"region\":\"us-west-2\",\"accepted_changes\":40}}");
        assertThat(sql.sql("""
                        SELECT accepted_changes || ' ' || accepted_by || ' ' || accepted_request
                        FROM provisioner.reconciled_region WHERE accepted_at IS NOT NULL""").query(String.class).list())
                .singleElement()
                .asString()
                .startsWith("40 ")
                .endsWith(" request-of-a-test");
    }

    @Test
    void a_repeated_acceptance_with_its_key_accepts_nothing_more() throws Exception {
        var operator = door.operator().withKey("accept");
        var first = operator.post("/api/v1/admin/drift/us-west-2/accept", "");
        sql.sql("UPDATE provisioner.reconciled_region SET accepted_changes = NULL, held_back = 90")
                .update();

        var again = operator.post("/api/v1/admin/drift/us-west-2/accept", "");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(sql.sql("SELECT count(accepted_changes) FROM provisioner.reconciled_region")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(ApiCaller.code(operator.post("/api/v1/admin/drift/us-west-2/accept", "{}")))
                .isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void a_refused_acceptance_may_succeed_later_with_the_same_key() throws Exception {
        var operator = door.operator().withKey("early");
        assertThat(ApiCaller.code(operator.post("/api/v1/admin/drift/us-east-1/accept", "")))
                .isEqualTo("409 INVALID_STATE");
        sql.sql("UPDATE provisioner.reconciled_region SET breaker_reason = 'now', held_back = 5")
                .update();

        assertThat(operator.post("/api/v1/admin/drift/us-east-1/accept", "").statusCode())
                .isEqualTo(202);
    }

    @Test
    void where_nothing_is_held_back_there_is_nothing_to_accept() throws Exception {
        assertThat(ApiCaller.code(door.operator().post("/api/v1/admin/drift/us-east-1/accept", "")))
                .isEqualTo("409 INVALID_STATE");
        assertThat(ApiCaller.code(door.operator().post("/api/v1/admin/drift/eu-west-1/accept", "")))
                .as("a provider that does not answer")
                .isEqualTo("409 INVALID_STATE");
        assertThat(ApiCaller.code(door.operator().post("/api/v1/admin/drift/mars-1/accept", "")))
                .isEqualTo("404 RESOURCE_NOT_FOUND");
    }

    @Test
    void nobody_else_accepts_anything() throws Exception {
        assertThat(ApiCaller.code(door.admin("ws-1").post("/api/v1/admin/drift/us-west-2/accept", "")))
                .isEqualTo("403 AUTH_PERMISSION_DENIED");
    }
}
