package io.nodeledger.query.attention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Transition;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people have to look at. The table of what is held is another service's; here it is made as that makes it. */
class AttentionHttpTest {
    private static final String ATTENTION = "/api/v1/admin/attention";
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

    private static QueryServer server;

    @BeforeAll
    static void given_two_that_were_given_up_and_one_that_is_held() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(givenUp(1, AT));
        server.append(node(2, AT.plusSeconds(1)).provision().failed(Step.CLONE).provisioningFailed(Step.CLONE));
        server.append(givenUp(3, AT.plusSeconds(2)));
        server.append(givenUp(4, AT.plusSeconds(3)).delete(NodeStatus.ERROR));
        server.append(node(5, AT.plusSeconds(4)).provision());
        assertThat(server.all(ATTENTION))
                .as("before the other service has ever started")
                .extracting(item -> item.get("node_id").asString())
                .containsExactly("node-3", "node-1");
        server.bean(JdbcClient.class).sql("""
                        CREATE SCHEMA provisioner;
                        CREATE TABLE provisioner.held_operation (
                          operation_id text, node_id text, event_id text, reason text, held_at timestamptz,
                          failures int);
                        INSERT INTO provisioner.held_operation VALUES
                          ('task-5a', 'node-5', 'event-1', 'IllegalStateException: broken', '2026-01-01T12:00:00Z', 3)
                        """).update();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_item_says_which_operation_of_which_node_was_given_up_where_when_and_why() {
        assertThat(server.get(ATTENTION + "?kind=given_up").data().get(1).toString())
                .isEqualTo("{\"kind\":\"given_up\",\"operation_id\":\"task-1d\",\"node_id\":\"node-1\","
                        + "\"workspace_id\":\"ws-123\",\"name\":\"n1\",\"region\":\"us-west-2\",\"step\":\"destroy\","
                        + "\"code\":\"DESTROY_REFUSED\",\"reason\":\"look at it\","
                        + "\"since\":\"2026-01-01T10:00:12Z\"}");
    }

    @Test
    void what_needs_people_is_a_figure_too() {
        server.bean(AttentionFigures.class).read();

        assertThat(attention("given_up")).isEqualTo(2);
        assertThat(attention("held")).isEqualTo(1);
    }

    private static double attention(String kind) {
        return server.bean(MeterRegistry.class)
                .get("nodeledger.attention")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    @Test
    void what_is_held_says_how_often_it_failed() {
        assertThat(server.get(ATTENTION + "?kind=held").data().get(0).toString())
                .isEqualTo("{\"kind\":\"held\",\"operation_id\":\"task-5a\",\"node_id\":\"node-5\","
                        + "\"workspace_id\":\"ws-123\",\"name\":\"n5\",\"region\":\"us-west-2\","
                        + "\"code\":\"OPERATION_HELD\",\"reason\":\"IllegalStateException: broken\",\"failures\":3,"
                        + "\"since\":\"2026-01-01T12:00:00Z\"}");
    }

    @Test
    void a_transition_that_gets_nowhere_is_there_until_it_does() {
        var begin = Instant.parse("2025-06-01T10:00:00Z");
        var stuck = Transition.to(Placement.SHARED, "trans-1", begin)
                .open()
                .migrating()
                .turnedBack("BLOCKED")
                .stuck();
        server.append(stuck.events());

        assertThat(server.get(ATTENTION + "?kind=stuck").data().toString())
                .isEqualTo("[{\"kind\":\"stuck\",\"operation_id\":\"trans-1\",\"workspace_id\":\"ws-123\","
                        + "\"step\":\"move_back\",\"code\":\"TRANSITION_STUCK\","
                        + "\"reason\":\"No shared node has room\",\"since\":\"2025-06-01T10:05:00Z\"}]");

        int told = stuck.events().size();
        var goesOn = stuck.movedBack().events();
        server.append(goesOn.subList(told, goesOn.size()));

        assertThat(server.get(ATTENTION + "?kind=stuck").data().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '5,3,1'",
        "'?limit=1', '5,3,1'",
        "'?kind=given_up&region=us-west-2&workspace_id=ws-123', '3,1'",
        "'?workspace_id=ws-other', ''",
        "'?region=nowhere', ''",
    })
    void it_is_listed_newest_first_page_by_page(String query, String expected) {
        assertThat(server.all(ATTENTION + query).stream()
                        .map(item -> item.get("node_id").asString().substring(5)))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "kind=other", "region=", "cursor=x", "cursor=b3BlcmF0aW9uc34x"})
    void a_bad_parameter_is_refused(String query) {
        assertThat(server.get(ATTENTION + "?" + query).status()).isEqualTo(400);
    }

    @Test
    void only_platform_operators_see_it() {
        assertThat(server.get(ATTENTION, server.token("ws-123", "admin")).status())
                .isEqualTo(403);
        assertThat(server.getWithoutToken(ATTENTION).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"1,true", "2,false"})
    void a_node_in_error_says_whether_it_needs_a_person(int number, boolean needed) {
        var reason = server.get(NODES + "/node-" + number).data().get("status_reason");

        assertThat(reason.get("needs_attention").asBoolean()).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"task-1d,true", "task-1a,false", "task-2a,false", "task-4d,false", "task-5a,true"})
    void an_operation_says_whether_it_needs_a_person(String operationId, boolean needed) {
        var operation = server.get(NODES + "/operations/" + operationId).data();

        assertThat(operation.get("needs_attention").asBoolean()).isEqualTo(needed);
    }

    private static History givenUp(int number, Instant at) {
        return node(number, at)
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .failed(Step.DESTROY)
                .needsAttention(Step.DESTROY);
    }

    private static History node(int number, Instant at) {
        return new History("node-" + number, "ws-123", "n" + number, at);
    }
}
