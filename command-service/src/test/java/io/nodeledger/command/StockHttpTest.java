package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.details;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan of which us-west-2 may have ten nodes, us-east-1 one and eu-west-1 any number, over all workspaces. */
class StockHttpTest {
    private static RunningWriteDoor door;
    private static ReadTables tables;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("catalogue.yaml"),
                TestPlans.file("plan-a", "0.10", "stock: {us-west-2: 10, us-east-1: 1}"));
        door = RunningWriteDoor.start("--nodeledger.catalogue.file=" + file);
        tables = ReadTables.in(door.sql());
        workspace("ws-a", 100_000);
        workspace("ws-b", 100_000);
        workspace("ws-poor", 1);
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void of_fifty_who_ask_at_once_as_many_are_admitted_as_there_are_places() throws Exception {
        var admitted = new ArrayList<String>();
        var refused = new ArrayList<HttpResponse<String>>();
        for (var answer : fiftyAtOnce()) {
            if (answer.statusCode() == 202) {
                admitted.add(data(answer).get("id").stringValue());
            } else {
                refused.add(answer);
            }
        }

        assertThat(admitted).hasSize(10);
        assertThat(refused).filteredOn(answer -> answer.statusCode() == 422).hasSize(30);
        var full = refused.stream()
                .filter(answer -> answer.statusCode() == 422)
                .findAny()
                .orElseThrow();
        assertThat(code(full)).isEqualTo("422 INSUFFICIENT_CAPACITY");
        assertThat(details(full).propertyNames()).containsExactly("region", "plan", "estimated_availability");
        assertThat(details(full).get("region").stringValue()).isEqualTo("us-west-2");
        assertThat(details(full).get("plan").stringValue()).isEqualTo("plan-a");
        assertThat(provision("ws-a", "elsewhere", "eu-west-1").statusCode()).isEqualTo(202);

        // when the read model has them, and a place is about to be free
        admitted.forEach(id -> tables.node(id, "deleting", "plan-a", "us-west-2", 4, 8));
        Instant end = Instant.now().plusSeconds(77);
        tables.deletion(admitted.getFirst(), end);
        await().untilAsserted(() -> assertThat(Instant.parse(details(provision("ws-a", "early", "us-west-2"))
                        .get("estimated_availability")
                        .stringValue()))
                .isBetween(end.minusSeconds(1), end));

        // when they are gone
        tables.deleteAll();
        await().until(() -> provision("ws-a", "late", "us-west-2").statusCode() == 202);
    }

    @Test
    void a_repeated_request_is_answered_as_before_and_uses_no_second_place() throws Exception {
        var body = body("twice", "us-east-1");
        var keyed = door.admin("ws-a").withKey("key-of-the-last-place");

        var first = keyed.post(nodes("ws-a"), body);
        var again = keyed.post(nodes("ws-a"), body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(code(provision("ws-a", "third", "us-east-1"))).isEqualTo("422 INSUFFICIENT_CAPACITY");
    }

    /** From three workspaces, some without a region; ten of them by one that can't pay. */
    private static List<HttpResponse<String>> fiftyAtOnce() throws Exception {
        var answers = new ArrayList<HttpResponse<String>>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 50; i++) {
                String workspace = i % 5 == 0 ? "ws-poor" : i % 2 == 0 ? "ws-a" : "ws-b";
                String name = "node-no-" + i;
                String region = i % 3 == 0 ? "" : "us-west-2";
                asked.add(crowd.submit(() -> provision(workspace, name, region)));
            }
            for (var each : asked) {
                answers.add(each.get());
            }
        }
        return answers;
    }

    private static HttpResponse<String> provision(String workspace, String name, String region) throws Exception {
        return door.admin(workspace).post(nodes(workspace), body(name, region));
    }

    private static String body(String name, String region) {
        String where = region.isEmpty() ? "" : ",\"region\":\"" + region + "\"";
        return "{\"name\":\"" + name + "\",\"plan_id\":\"plan-a\"" + where + "}";
    }

    private static void workspace(String id, int credits) throws Exception {
        String path = "/api/v1/admin/workspaces/" + id;
        door.operator().put(path, "{\"plan\":\"enterprise\",\"region\":\"us-west-2\"}");
        assertThat(door.operator()
                        .post(path + "/credits", "{\"amount\":" + credits + "}")
                        .statusCode())
                .isEqualTo(201);
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }
}
