package io.nodeledger.standalone.kafka;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.SigningKey;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import io.nodeledger.webhook.WebhookServiceApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database, a broker, and any number of instances that relay from the one to the other. */
final class RelayWorld implements AutoCloseable {
    private static final String WEBHOOK_KEYS = "--nodeledger.webhooks.encryption-keys=";

    private final Path home;
    private final DataFolder folder;
    private final Map<String, String> broker;
    private final TestDatabase database = PostgresServer.newDatabase();
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    /** Ids of lifecycle events as they were appended, by node. */
    final Map<String, List<String>> appended = new LinkedHashMap<>();

    private EmbeddedKafka kafka;

    RelayWorld() throws Exception {
        this(Map.of());
    }

    /** @param broker properties of the broker */
    RelayWorld(Map<String, String> broker) throws Exception {
        this.broker = broker;
        home = Files.createTempDirectory("nodeledger-relay-");
        folder = new DataFolder(home).created();
        SigningKey.ensure(folder);
        startKafka();
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    void stopKafka() {
        kafka.close();
    }

    /** On the same data and the same port. */
    void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(home.resolve("kafka"), broker);
    }

    /** @param settings more of them, as arguments */
    void startInstance(String... settings) {
        var application = new SpringApplication(WebhookServiceApplication.class);
        application.setRegisterShutdownHook(false);
        var arguments = new ArrayList<>(List.of(database.asArguments()));
        arguments.addAll(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--management.endpoint.health.show-details=always",
                "--nodeledger.jwt.issuer=" + TokenRequest.ISSUER,
                "--nodeledger.jwt.audience=" + TokenRequest.AUDIENCE,
                "--nodeledger.jwt.jwks-url=" + folder.keySet().toUri(),
                "--nodeledger.webhooks.allow-insecure-targets=true",
                "--nodeledger.webhooks.poll=200ms",
                "--nodeledger.kafka.bootstrap-servers=" + bootstrapServers(),
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false"));
        arguments.addAll(List.of(settings));
        // A setting that is given twice is a list.
        if (arguments.stream().noneMatch(argument -> argument.startsWith(WEBHOOK_KEYS))) {
            arguments.add(WEBHOOK_KEYS + "A".repeat(43) + "=");
        }
        instances.add(application.run(arguments.toArray(String[]::new)));
    }

    void stopOldestInstance() {
        instances.removeFirst().close();
    }

    <T> T bean(Class<T> type) {
        return instances.getFirst().getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return instances.getFirst().getBean(name, type);
    }

    /** A client of the oldest instance, as an administrator of the workspace, which is made if it is not there. */
    Api api(String workspaceId) {
        String stream = WorkspaceCommand.streamIdOf(workspaceId);
        if (bean(EventStore.class).lastSequenceNumberFor(stream).isEmpty()) {
            var registered = new WorkspaceRegistered(
                    workspaceId, WorkspacePlan.ENTERPRISE, 100, "us-west-2", workspaceId, false, Instant.now());
            new TransactionTemplate(bean(PlatformTransactionManager.class))
                    .executeWithoutResult(_ -> bean(EventStore.class)
                            .publish(new GenericDomainEventMessage<>("Workspace", stream, 0, registered)));
        }
        var request = new TokenRequest("test", workspaceId, "admin", false, Duration.ofMinutes(10));
        return new Api(
                "http://localhost:" + instances.getFirst().getEnvironment().getProperty("local.server.port"),
                () -> token(request));
    }

    /** What the oldest instance says of one part's health. */
    Answer health(String part) throws IOException {
        String port = instances.getFirst().getEnvironment().getRequiredProperty("local.management.port");
        try (var management = new Api("http://localhost:" + port + "/actuator/health", () -> "none")) {
            return management.get("/" + part);
        }
    }

    private String token(TokenRequest request) {
        try {
            return Tokens.of(folder).mint(request);
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Ids of events that the topic was found to lack, in their order. */
    List<String> missing() {
        return JdbcClient.create(database.dataSource())
                .sql("select event_id from webhook.missing_event order by position")
                .query(String.class)
                .list();
    }

    void sql(String statement, Object... parameters) {
        JdbcClient.create(database.dataSource())
                .sql(statement)
                .params(parameters)
                .update();
    }

    long count(String query) {
        return JdbcClient.create(database.dataSource())
                .sql(query)
                .query(Long.class)
                .single();
    }

    TestDatabase database() {
        return database;
    }

    /** Appends events, one transaction for all. */
    void append(List<NodeEvent> events) {
        for (NodeEvent event : events) {
            var messages = ToldLives.after(sequences.merge(event.nodeId(), 1L, Long::sum) - 1, List.of(event));
            new TransactionTemplate(bean(PlatformTransactionManager.class))
                    .executeWithoutResult(_ -> bean(EventStore.class).publish(messages));
            if (!(event instanceof NodeEvent.Progress)) {
                appended.computeIfAbsent(event.nodeId(), _ -> new ArrayList<>())
                        .add(messages.getFirst().getIdentifier());
            }
        }
    }

    int appendedEvents() {
        return appended.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void close() throws IOException {
        instances.forEach(ConfigurableApplicationContext::close);
        kafka.close();
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
