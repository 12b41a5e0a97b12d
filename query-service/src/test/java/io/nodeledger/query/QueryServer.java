package io.nodeledger.query;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.query.projection.ReadPositions;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The read side on a fresh database, with a log that a test writes and tokens that it makes. */
public final class QueryServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Tests are about what is read, and not about how busy the machine is. */
    private static final Map<String, Object> PATIENT = Map.of("nodeledger.query.position-wait", "60s");

    private final ServletWebServerApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestTokens tokens = new TestTokens();
    private final Map<String, Long> sequences = new HashMap<>();

    /** An answer. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        public JsonNode data() {
            return body.path("data");
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /** The path of what follows, empty at the end. */
        public String next() {
            var link = header("Link");
            return link.contains("rel=\"next\"")
                    ? link.replaceAll(".*<https?://[^/>]+([^>]*)>; rel=\"next\".*", "$1")
                    : "";
        }
    }

    public QueryServer(String... more) {
        this(PostgresServer.newDatabase(), Optional.empty(), more);
    }

    /** The same on a database that there is. */
    public static QueryServer on(TestDatabase database, String... more) {
        return new QueryServer(database, Optional.empty(), more);
    }

    /** The same at a moment that never passes. */
    public static QueryServer at(Instant moment, String... more) {
        return new QueryServer(PostgresServer.newDatabase(), Optional.of(Clock.fixed(moment, ZoneOffset.UTC)), more);
    }

    private QueryServer(TestDatabase database, Optional<Clock> clock, String... more) {
        var arguments = new ArrayList<>(List.of(database.asArguments()));
        arguments.addAll(tokens.settings());
        arguments.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off", "--spring.jmx.enabled=false"));
        arguments.addAll(List.of(more));
        var application = new SpringApplication(QueryServiceApplication.class);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(PATIENT);
        clock.ifPresent(it ->
                application.addInitializers(context -> context.getBeanFactory().registerSingleton("clock", it)));
        context = (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Appends a history and waits until it can be read. */
    public QueryServer append(History history) {
        return append(List.copyOf(history.events()));
    }

    /** Appends events, one transaction for all, and waits until they can be read. */
    public QueryServer append(List<?> events) {
        appendUnseen(events, Map.of());
        var last = events.getLast();
        var stream = streamOf(last);
        if (!bean(ReadPositions.class).await(new EventPosition(stream, sequences.getOrDefault(stream, 0L)))) {
            throw new IllegalStateException("The projections did not come as far as " + last);
        }
        return this;
    }

    /** Appends events without waiting; returns the position of the last one as a write would answer it. */
    public String appendUnseen(List<?> events, Map<String, String> metadata) {
        var all = new HashMap<>(History.CAUSE.asMetadata());
        all.putAll(metadata);
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (var event : events) {
            var stream = streamOf(event);
            var sequence = sequences.merge(stream, 0L, (old, _) -> old + 1);
            messages.add(new GenericDomainEventMessage<>(aggregateOf(event), stream, sequence, event, all));
        }
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> bean(EventStore.class).publish(messages));
        var stream = streamOf(events.getLast());
        return new EventPosition(stream, sequences.getOrDefault(stream, 0L)).encode();
    }

    public String token(String workspace, String role) {
        return token(Map.of("workspaces", Map.of(workspace, role)));
    }

    /** A token with the claims, valid for ten minutes. */
    public String token(Map<String, Object> claims) {
        return tokens.token(claims);
    }

    /** GET as admin of the workspace that the path names, else as platform operator. */
    public Answer get(String path) {
        return get(path, tokenFor(path));
    }

    /** The token of an admin of the workspace that the path names, who is a platform operator too. */
    public String tokenFor(String path) {
        var parts = path.split("[/?]", -1);
        var workspace = parts.length > 4 && parts[3].equals("workspaces") ? parts[4] : "ws-123";
        return token(Map.of("workspaces", Map.of(workspace, "admin"), "platform_admin", true));
    }

    public Answer get(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + path)).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** POST without a body, as admin of the workspace that the path names. */
    public Answer post(String path) {
        return post(path, token(path.split("/", -1)[4], "admin"));
    }

    public Answer post(String path, String token) {
        return send(HttpRequest.newBuilder(URI.create(base() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /**
     * Opens a stream.
     *
     * @throws IllegalStateException when it is refused
     */
    public InputStream stream(String path, @Nullable String token, @Nullable String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(base() + path)).header("Accept", "text/event-stream");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The stream was refused: " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** POST of a JSON document. */
    public Answer post(String path, String token, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer getWithoutToken(String path) {
        return send(HttpRequest.newBuilder(URI.create(base() + path)).build());
    }

    /** Follows a {@code Link} header's next, as long as there is one, and returns all data. */
    public List<JsonNode> all(String path) {
        var found = new ArrayList<JsonNode>();
        var next = path;
        while (!next.isEmpty()) {
            var answer = get(next);
            answer.data().forEach(found::add);
            next = answer.next();
        }
        return found;
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var type = response.headers().firstValue("Content-Type").orElse("");
            boolean json = type.contains("json") && !type.contains("ndjson");
            var body = json ? JSON.readTree(response.body()) : JSON.nullNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String base() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getWebServer()).getPort();
    }

    private static String aggregateOf(Object event) {
        return switch (event) {
            case NodeEvent _ -> "Node";
            case WebhookEvent _ -> "WebhookEndpoint";
            case TransitionEvent _ -> "PlanTransition";
            default -> "Workspace";
        };
    }

    private static String streamOf(Object event) {
        return switch (event) {
            case NodeEvent node -> node.nodeId();
            case WorkspaceEvent workspace -> WorkspaceCommand.streamIdOf(workspace.workspaceId());
            case WebhookEvent webhook -> webhook.endpointId();
            case TransitionEvent transition -> transition.transitionId();
            default -> throw new IllegalArgumentException("Not an event of ours: " + event);
        };
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
