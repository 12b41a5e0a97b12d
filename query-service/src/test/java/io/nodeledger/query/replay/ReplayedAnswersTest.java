package io.nodeledger.query.replay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.projection.ProjectionRebuild;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** A replay of all projections gives the same answers, to the byte (I7). The clock stands, so that no answer moves by itself. */
class ReplayedAnswersTest {
    private static final Instant NOW = Instant.parse("2024-05-02T12:34:56.789Z");
    private static final long SEED = 20_240_502;

    /** The stream goes on for ever and is read from the audit trail, and the document is a file. */
    private static final Set<String> NOT_ASKED = Set.of("/api/v1/workspaces/{wsId}/nodes/stream", "/openapi.json");

    /** Charges alone read what is settled; their test is with them. Endpoints are there for their part of the trail. */
    private static final Set<String> NOT_READ = Set.of("metered_workspaces", "webhooks");

    /** A lie in each other table, and where it shows. */
    private static final Map<String, String> LIES = lies();

    @Test
    void every_answer_is_the_same_after_all_read_models_were_filled_anew() {
        try (var server = QueryServer.at(
                NOW, "--nodeledger.rate-limit.enabled=false", "--nodeledger.query.generation-check=200ms")) {
            // given
            var streams = WholeHistory.streams(SEED);
            assertThat(typesIn(streams)).as("everything that can happen").isEqualTo(allTypes());
            append(server, streams);
            var first = Questions.answersOf(server);
            assertThat(routesNotAmong(server, first.keySet())).isEmpty();
            assertThat(Questions.refusedAmong(first)).isEmpty();
            assertThat(first.values()).anyMatch(answer -> answer.contains("etag=["));

            // when
            rebuildAll(server);

            // then
            assertThat(Questions.differences(first, Questions.answersOf(server)))
                    .isEmpty();
            var tables = server.bean(ProjectionRebuild.class).all().stream()
                    .flatMap(model -> model.tables().stream())
                    .filter(table -> !NOT_READ.contains(table))
                    .collect(Collectors.toSet());
            assertThat(LIES.keySet())
                    .allMatch(lie -> tables.remove(lie.split(" ", -1)[1].substring("query.".length())));
            assertThat(tables).as("tables without a lie").isEmpty();
            LIES.forEach((lie, path) -> {
                String truth = Questions.answerOf(server, path);
                assertThat(server.bean(JdbcClient.class).sql(lie).update())
                        .as(lie)
                        .isPositive();
                assertThat(Questions.answerOf(server, path)).as(lie).isNotEqualTo(truth);
            });
        }
    }

    private static Map<String, String> lies() {
        String older = " SET doc = replace(doc::text, '2024-02-1', '2023-02-1')::jsonb";
        String nodes = "/api/v1/workspaces/ws-123/nodes";
        var lies = new LinkedHashMap<String, String>();
        lies.put("UPDATE query.nodes" + older, nodes + "?per_page=100");
        lies.put("UPDATE query.node_counts SET nodes = nodes + 1", nodes + "?per_page=1");
        lies.put("UPDATE query.audit" + older, nodes + "/audit");
        lies.put("UPDATE query.workspace_audit" + older, nodes + "/audit");
        lies.put("UPDATE query.webhook_audit" + older, nodes + "/audit");
        lies.put("UPDATE query.transition_audit" + older, nodes + "/audit");
        lies.put("UPDATE query.transitions" + older, nodes + "/transition");
        lies.put("UPDATE query.operations" + older, nodes + "/operations");
        lies.put("UPDATE query.workspaces SET doc = doc || '{\"nodes\": 77}'", nodes + "/credits");
        lies.put("UPDATE query.credit_entries" + older, nodes + "/credits");
        lies.put("UPDATE query.metered_nodes SET name = name || 'x'", nodes + "/costs");
        // Bills of now begin with what rows of nodes know; points are looked up for what was known earlier.
        lies.put(
                "UPDATE query.meter_points SET rate_millis = rate_millis + at",
                nodes + "/costs?at=2024-02-20T00:00:00Z");
        return lies;
    }

    /** A few events of one stream at a time, each stream in its order. */
    private static void append(QueryServer server, List<List<?>> streams) {
        var random = new Random(SEED);
        var waiting = new ArrayList<List<?>>(streams);
        while (!waiting.isEmpty()) {
            int one = random.nextInt(waiting.size());
            List<?> stream = waiting.get(one);
            int some = Math.min(stream.size(), 1 + random.nextInt(9));
            server.append(List.copyOf(stream.subList(0, some)));
            List<?> rest = stream.subList(some, stream.size());
            if (rest.isEmpty()) {
                waiting.remove(one);
            } else {
                waiting.set(one, rest);
            }
        }
    }

    private static void rebuildAll(QueryServer server) {
        var rebuild = server.bean(ProjectionRebuild.class);
        for (var model : rebuild.all()) {
            int before = model.generations().getLast().generation();
            rebuild.start(model.readModel());
            await().atMost(60, SECONDS).until(() -> {
                var generations =
                        rebuild.status(model.readModel()).orElseThrow().generations();
                return generations.size() == 1 && generations.getFirst().generation() > before;
            });
        }
    }

    private static List<String> routesNotAmong(QueryServer server, Set<String> asked) {
        var paths = asked.stream()
                .map(question -> question.substring(question.indexOf(' ') + 1).replaceFirst("\\?.*", ""))
                .map(PathContainer::parsePath)
                .distinct()
                .toList();
        return server
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(info -> info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(info -> info.getPathPatternsCondition() == null
                        ? Stream.<PathPattern>empty()
                        : info.getPathPatternsCondition().getPatterns().stream())
                .filter(route -> paths.stream().noneMatch(route::matches))
                .map(PathPattern::getPatternString)
                .filter(route -> !NOT_ASKED.contains(route))
                .toList();
    }

    private static Set<Class<?>> typesIn(List<List<?>> streams) {
        return streams.stream().flatMap(List::stream).map(Object::getClass).collect(Collectors.toSet());
    }

    private static Set<Class<?>> allTypes() {
        var types = new HashSet<Class<?>>();
        Stream.of(NodeEvent.class, WorkspaceEvent.class, WebhookEvent.class, TransitionEvent.class)
                .flatMap(ReplayedAnswersTest::records)
                .forEach(types::add);
        return types;
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ReplayedAnswersTest::records)
                : Stream.of(type);
    }
}
