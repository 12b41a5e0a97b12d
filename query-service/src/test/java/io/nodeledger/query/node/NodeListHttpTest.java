package io.nodeledger.query.node;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.QueryServer.Answer;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every filter with every order, against the same filters and orders applied to all nodes by hand. */
class NodeListHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final int COUNT = 42;
    private static final List<String> REGIONS = List.of("us-west-2", "us-east-1", "eu-west-1");
    private static final List<String> PLANS = List.of("plan-dedicated-2c4g", "plan-dedicated-4c8g");
    private static final List<String> NAMES = List.of("api", "web", "db_50", "batch%", "path\\x");
    private static final List<String> SORTS = List.of("name", "status", "region", "created_at", "updated_at");

    private static QueryServer server;
    private static List<JsonNode> all;

    @BeforeAll
    static void given_nodes_of_every_kind_of_which_many_are_equal() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(Workspaces.registered("ws-other"));
        server.append(new History("node-z", "ws-other", "api-0", Instant.parse("2024-01-20T10:00:00Z"))
                .provision()
                .succeed());
        for (int number = 0; number < COUNT; number++) {
            server.append(node(number));
        }
        all = List.copyOf(server.get(NODES + "?include_deleted=true&per_page=100&sort=created_at")
                .data()
                .values());
        assertThat(all).hasSize(COUNT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static History node(int number) {
        // Many began in the same second, so that only the id can order them.
        var at = Instant.parse("2024-01-20T10:00:00Z").plusSeconds(100L * (number % 4));
        var id = "node-%02d".formatted(number * 17 % COUNT);
        var name = NAMES.get(number % NAMES.size()) + "-" + number / NAMES.size();
        var terms = new PlanTerms(
                PLANS.get(number % PLANS.size()),
                new BigDecimal("0.06"),
                new BigDecimal("0.00"),
                new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));
        var begun = new History(id, "ws-123", name, at).provision(REGIONS.get(number % REGIONS.size()), terms);
        return switch (number % 7) {
            case 0 -> begun;
            case 1 -> begun.failed(Step.CLONE).provisioningFailed(Step.CLONE);
            case 2 -> begun.succeed().foundOff();
            case 3 -> begun.succeed().delete(NodeStatus.RUNNING);
            case 4 -> begun.succeed().delete(NodeStatus.RUNNING).gone();
            default -> begun.succeed();
        };
    }

    /** What is asked for; an empty text stands for not asked. */
    private record Query(String status, String plan, String region, String search, boolean deleted, String sort) {
        String path() {
            var parameters = new ArrayList<>(List.of("per_page=100"));
            add(parameters, "status", status);
            add(parameters, "plan_id", plan);
            add(parameters, "region", region);
            add(parameters, "search", search);
            add(parameters, "sort", sort);
            if (deleted) {
                parameters.add("include_deleted=true");
            }
            return NODES + "?" + String.join("&", parameters);
        }

        private static void add(List<String> parameters, String name, String value) {
            if (!value.isEmpty()) {
                parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }

        List<String> expected() {
            return all.stream()
                    .filter(node -> deleted || !text(node, "status").equals("deleted"))
                    .filter(node ->
                            status.isEmpty() || List.of(status.split(",")).contains(text(node, "status")))
                    .filter(node -> plan.isEmpty() || text(node, "plan_id").equals(plan))
                    .filter(node -> region.isEmpty() || text(node, "region").equals(region))
                    .filter(node -> text(node, "name").contains(search.toLowerCase(Locale.ROOT)))
                    .sorted(order())
                    .map(node -> text(node, "id"))
                    .toList();
        }

        private Comparator<JsonNode> order() {
            var word = sort.isEmpty() ? "-created_at" : sort;
            var column = word.startsWith("-") ? word.substring(1) : word;
            var ascending = comparing((JsonNode node) -> text(node, column)).thenComparing(node -> text(node, "id"));
            return word.startsWith("-") ? ascending.reversed() : ascending;
        }
    }

    @Test
    void every_combination_of_filters_in_every_order_shows_what_it_should_with_its_total() {
        var wrong = new ArrayList<String>();
        var sorts = Stream.concat(Stream.of(""), SORTS.stream().flatMap(sort -> Stream.of(sort, "-" + sort)))
                .toList();
        for (String status : List.of("", "running", "stopped,error")) {
            for (String plan : List.of("", PLANS.getFirst())) {
                for (String region : List.of("", REGIONS.getLast())) {
                    for (boolean deleted : new boolean[] {false, true}) {
                        sorts.forEach(sort -> check(new Query(status, plan, region, "", deleted, sort), wrong));
                        List.of("PI", "_", "-1")
                                .forEach(search ->
                                        check(new Query(status, plan, region, search, deleted, "name"), wrong));
                    }
                }
            }
        }
        sorts.forEach(sort -> check(new Query("deleted", "", "", "", true, sort), wrong));
        sorts.forEach(sort -> check(new Query("deleted,running", "", "", "", true, sort), wrong));
        assertThat(wrong).isEmpty();
    }

    private static void check(Query query, List<String> wrong) {
        var answer = server.get(query.path());
        var expected = query.expected();
        if (!ids(answer).equals(expected)
                || answer.body().at("/pagination/total").asInt() != expected.size()) {
            wrong.add(query + " shows " + ids(answer) + " and not " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "50", "B_5", "H%-", "\\x", "\\\\", "%25", "Ä", "\u212a", "日本", "'", "a'b"})
    void what_is_searched_is_part_of_the_name_as_it_is(String search) {
        var query = new Query("", "", "", search, true, "");
        var answer = server.get(query.path());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(ids(answer)).isEqualTo(query.expected());
        assertThat(answer.body().at("/pagination/total").asInt())
                .isEqualTo(query.expected().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&include_deleted=true", "&search=a", "&status=running&sort=-name", "&sort=region"})
    void pages_make_up_the_whole_list_without_gap_or_repetition(String filter) {
        var whole = ids(server.get(NODES + "?per_page=100" + filter));

        for (int size : new int[] {1, 5, whole.size(), whole.size() + 1}) {
            assertThat(server.all(NODES + "?per_page=" + size + filter).stream().map(node -> text(node, "id")))
                    .as("%d per page", size)
                    .containsExactlyElementsOf(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "1000000, 100"})
    void a_page_beyond_the_end_is_empty_and_leads_back(int page, int perPage) {
        for (String filter : List.of("", "&include_deleted=true", "&search=a")) {
            var answer = server.get(NODES + "?page=" + page + "&per_page=" + perPage + filter);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.data().size()).isZero();
            var pagination = answer.body().get("pagination");
            assertThat(pagination.get("page").asInt()).isEqualTo(page);
            assertThat(pagination.get("total").asInt()).isPositive();
            assertThat(answer.header("Link"))
                    .contains(
                            "page=" + pagination.get("pages").asInt() + "&per_page=" + perPage,
                            "rel=\"prev\"",
                            "rel=\"last\"")
                    .doesNotContain("rel=\"next\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, page, out_of_range",
        "page=-1, page, out_of_range",
        "page=1000001, page, out_of_range",
        "page=1.5, page, invalid_type",
        "page=99999999999999999999, page, invalid_type",
        "per_page=0, per_page, out_of_range",
        "per_page=-1, per_page, out_of_range",
        "per_page=ten, per_page, invalid_type",
        "page=1&page=1, page, duplicate",
        "status=running&status=error, status, duplicate",
        "search=a&search=a, search, duplicate",
        "include_deleted=TRUE, include_deleted, unknown_value",
        "include_deleted=, include_deleted, empty",
        "sort=, sort, empty",
        "sort=NAME, sort, unknown_value",
        "'sort=name,id', sort, unknown_value",
        "'status=,running', status, unknown_value",
        "status=Running, status, unknown_value",
        "search=a%00b, search, ",
    })
    void a_bad_parameter_is_named_with_what_is_wrong(String query, String field, String code) {
        var answer = server.get(NODES + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        var named = answer.body().at("/error/details/fields/0");
        assertThat(named.get("field").asString()).isEqualTo(field);
        if (code != null) {
            assertThat(named.get("code").asString()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"provisioning", "running", "starting", "stopping", "stopped", "rebooting", "deleting", "error"})
    void every_status_that_a_node_can_have_can_be_asked_for(String status) {
        assertThat(server.get(NODES + "?status=" + status).status()).isEqualTo(200);
    }

    @Test
    void more_than_a_hundred_per_page_is_a_hundred_also_in_the_links_and_unknown_parameters_are_kept_there() {
        var answer = server.get(NODES + "?per_page=101&search=a&other=1");

        assertThat(answer.body().at("/pagination/per_page").asInt()).isEqualTo(100);
        assertThat(answer.header("Link")).contains("per_page=100", "search=a", "other=1");
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static List<String> ids(Answer answer) {
        return answer.data().valueStream().map(node -> text(node, "id")).toList();
    }
}
