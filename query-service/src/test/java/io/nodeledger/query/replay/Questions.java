package io.nodeledger.query.replay;

import io.nodeledger.query.QueryServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that can be asked about a history, and the answers as they come over the wire. */
final class Questions {
    private static final List<String> SORTS = List.of("name", "status", "region", "created_at", "updated_at");
    private static final List<String> MOMENTS =
            List.of("", "&at=2024-02-29T23:59:59.999Z", "&at=2024-03-21T08:00:00Z", "&at=2024-04-30T12:00:00Z");
    private static final List<String> PERIODS = List.of("current_month", "last_month", "last_3_months");

    /** Of the connection and the moment, not of what was asked for. */
    private static final List<String> HOP_BY_HOP = List.of("date", "connection", "keep-alive", "transfer-encoding");

    private final QueryServer server;
    private final Map<String, String> answers = new LinkedHashMap<>();

    private Questions(QueryServer server) {
        this.server = server;
    }

    /** All answers by what was asked: status, headers and body of each. */
    static Map<String, String> answersOf(QueryServer server) {
        var questions = new Questions(server);
        for (String workspace : WholeHistory.WORKSPACES) {
            questions.askOfWorkspace("/api/v1/workspaces/" + workspace + "/nodes");
            questions.ask("/api/v1/admin/workspaces/" + workspace);
        }
        questions.askOfPlatform();
        return questions.answers;
    }

    /** One answer. */
    static String answerOf(QueryServer server, String path) {
        var questions = new Questions(server);
        questions.ask(path);
        return String.join("\n", questions.answers.values());
    }

    /** What was answered with neither the thing that was asked for nor that it is not there. */
    static List<String> refusedAmong(Map<String, String> answers) {
        return answers.entrySet().stream()
                .filter(answer -> !answer.getValue().startsWith("200\n")
                        && !answer.getValue().startsWith("404\n"))
                .map(answer -> answer.getKey() + "\n" + answer.getValue())
                .toList();
    }

    /** What was answered otherwise the second time, or asked only once. */
    static List<String> differences(Map<String, String> first, Map<String, String> second) {
        var asked = new TreeSet<>(first.keySet());
        asked.addAll(second.keySet());
        return asked.stream()
                .filter(question -> !Objects.equals(first.get(question), second.get(question)))
                .map(question -> "%s\nwas %s\nis  %s".formatted(question, first.get(question), second.get(question)))
                .toList();
    }

    private void askOfWorkspace(String nodes) {
        for (String sort : SORTS) {
            for (String order : List.of(sort, "-" + sort)) {
                ask(nodes + "?sort=" + order + "&per_page=4");
                ask(nodes + "?sort=" + order + "&per_page=100&include_deleted=true");
            }
        }
        ask(nodes + "?status=running,stopped&search=E");
        ask(nodes + "?status=error&region=us-west-2");
        ask(nodes + "?status=deleted&include_deleted=true&plan_id=plan-dedicated-4c8g");
        ask(nodes + "?page=2&per_page=3&sort=name");
        for (String path : List.of(
                "/operations?limit=3",
                "/operations?status=failed,cancelled",
                "/operations?type=stop,delete&limit=2",
                "/audit?limit=7",
                "/audit?limit=50&include=steps&sort=-position",
                "/audit?action=node.deleted,workspace.charged&from=2024-02-12T00:00:00Z",
                "/audit?actor=user-1&to=2024-03-01T00:00:00Z&sort=-position&limit=9",
                "/credits?limit=4",
                "/transition?limit=1",
                "/transition?status=completed,failed",
                "/thresholds",
                "/usage")) {
            ask(nodes + path);
        }
        ask(nodes + "/audit?include=steps", "application/x-ndjson");
        ask(nodes + "/audit", "text/csv");
        askOfCosts(nodes + "/costs");
        for (String id : ids(nodes + "?per_page=100&include_deleted=true&sort=name")) {
            askOfNode(nodes, id);
        }
        for (var transition : server.all(nodes + "/transition?limit=2")) {
            String id = transition.path("transition_id").asString();
            ask(nodes + "/transition/" + id);
            ask(nodes + "/operations/" + id);
        }
        for (String id : ids(nodes + "/operations?limit=200")) {
            ask(nodes + "/operations/" + id);
        }
    }

    private void askOfCosts(String costs) {
        for (String period : PERIODS) {
            for (String moment : MOMENTS) {
                ask(costs + "?period=" + period + moment);
                ask(costs + "?period=" + period + "&breakdown=node,plan,region" + moment);
                ask(costs + "/lines?limit=5&period=" + period + moment);
                ask(costs + "/lines?period=" + period + moment, "text/csv");
            }
        }
    }

    private void askOfNode(String nodes, String id) {
        String node = nodes + "/" + id;
        for (String path : List.of(
                "",
                "/operations?limit=2",
                "/audit?limit=3",
                "/audit?include=steps&sort=-position",
                "/explain?limit=2",
                "/events?limit=2",
                "/events?type=Warning&since=90d",
                "/thresholds",
                "/status",
                "/metrics")) {
            ask(node + path);
        }
        ask(nodes + "/operations?node_id=" + id);
        ask(nodes + "/costs/lines?period=last_3_months&node_id=" + id);
    }

    private void askOfPlatform() {
        for (String moment : MOMENTS) {
            PERIODS.forEach(period -> ask("/api/v1/admin/costs?period=" + period + moment));
        }
        for (String path : List.of(
                "/api/v1/admin/workspaces?limit=1",
                "/api/v1/admin/attention?limit=1",
                "/api/v1/admin/drift",
                "/api/v1/node-plans",
                "/api/v1/node-plans/plan-dedicated-4c8g")) {
            ask(path);
        }
    }

    private List<String> ids(String path) {
        return server.get(path)
                .data()
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private void ask(String path) {
        ask(path, "application/json");
    }

    /** Asks, and for what follows, too. */
    private void ask(String path, String accept) {
        String next = path;
        while (!next.isEmpty()) {
            var answer = server.get(next, server.tokenFor(next), "Accept", accept, "X-Request-Id", "asked-again");
            answers.put(accept + " " + next, printed(answer));
            next = answer.next();
        }
    }

    private static String printed(QueryServer.Answer answer) {
        var headers = new TreeMap<>(answer.raw().headers().map());
        headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        return answer.status() + "\n" + headers + "\n" + answer.raw().body();
    }
}
