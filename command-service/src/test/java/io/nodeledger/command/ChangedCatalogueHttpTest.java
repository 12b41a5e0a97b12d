package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.catalogue.Catalogue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provisioning while the operator's file changes. */
class ChangedCatalogueHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-a/nodes";

    @TempDir
    static Path folder;

    private static Path file;
    private static RunningWriteDoor door;

    @BeforeAll
    static void start() throws Exception {
        file = Files.writeString(folder.resolve("catalogue.yaml"), TestPlans.file("plan-a", "0.10", ""));
        door = RunningWriteDoor.start(
                "--nodeledger.catalogue.file=" + file, "--nodeledger.catalogue.reload-every=20ms");
        String path = "/api/v1/admin/workspaces/ws-a";
        door.operator().put(path, "{\"plan\":\"enterprise\",\"region\":\"us-west-2\"}");
        door.operator().post(path + "/credits", "{\"amount\":100000}");
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void a_node_keeps_its_price_and_the_next_one_gets_the_new_one() throws Exception {
        offer(TestPlans.file("plan-a", "0.10", ""), "plan-a", "0.10");
        String before = id(provision("before", "plan-a"));

        offer(TestPlans.file("plan-a", "0.15", ""), "plan-a", "0.15");
        String after = id(provision("after", "plan-a"));
        offer(
                TestPlans.file(
                        "plan-a",
                        "0.15",
                        "prices: [{valid_from: 2020-01-01, hourly_rate: 0.25},"
                                + " {valid_from: 9999-01-01, hourly_rate: 0.99}]"),
                "plan-a",
                "0.25");
        String changed = id(provision("changed", "plan-a"));

        assertThat(rateOf(before)).isEqualTo("0.10");
        assertThat(rateOf(after)).isEqualTo("0.15");
        assertThat(rateOf(changed)).isEqualTo("0.25");
    }

    @Test
    void a_plan_that_was_taken_out_is_refused_and_its_nodes_can_still_be_deleted() throws Exception {
        offer(TestPlans.file("plan-old", "0.10", ""), "plan-old", "0.10");
        String node = id(provision("lasting", "plan-old"));

        offer(TestPlans.file("plan-new", "0.20", ""), "plan-new", "0.20");

        assertThat(fields(provision("late", "plan-old"))).containsExactly("plan_id not_found");
        assertThat(door.admin("ws-a").delete(NODES + "/" + node).statusCode()).isEqualTo(202);
    }

    private static void offer(String text, String plan, String rate) throws IOException {
        Files.writeString(file, text);
        var catalogue = door.service().getBean(Catalogue.class);
        await().until(() -> catalogue
                .find(plan)
                .filter(found -> found.priceAt(Instant.now())
                        .hourlyRate()
                        .toPlainString()
                        .equals(rate))
                .isPresent());
    }

    private static HttpResponse<String> provision(String name, String plan) throws Exception {
        return door.admin("ws-a").post(NODES, "{\"name\":\"" + name + "\",\"plan_id\":\"" + plan + "\"}");
    }

    private static String id(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return data(accepted).get("id").stringValue();
    }

    private static String rateOf(String node) {
        return door.sql().sql("""
                        SELECT payload #>> '{terms,hourlyRate}' FROM eventstore.events
                        WHERE aggregate_identifier = ? AND sequence_number = 0""").param(node).query(String.class).single();
    }
}
