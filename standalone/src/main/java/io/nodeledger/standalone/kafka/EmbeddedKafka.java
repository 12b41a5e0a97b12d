package io.nodeledger.standalone.kafka;

import io.nodeledger.standalone.instance.RememberedPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster of one node, broker and controller in one (KRaft). It listens on the loopback interface only. What it has
 * acknowledged it keeps: every append is flushed, for there is no replica to have it from.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE = 1;
    /** One cluster for each data folder, and none that anybody joins: a fixed name is as good as a random one. */
    private static final String CLUSTER = "bm9kZWxlZGdlci1vbmUtMQ";

    private static final String CONTROLLER = "CONTROLLER";

    static {
        // A broker that gives up ends its process, as a rule. Here everything else goes on, and health tells of it.
        Exit.setHaltProcedure(EmbeddedKafka::givesUp);
        Exit.setExitProcedure(EmbeddedKafka::givesUp);
    }

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker, making its data first when there is none.
     *
     * @param home folder for data and ports; the caller holds its lock
     */
    public static EmbeddedKafka start(Path home) throws Exception {
        return start(home, Map.of());
    }

    /** @param more properties of the broker */
    static EmbeddedKafka start(Path home, Map<String, String> more) throws Exception {
        Files.createDirectories(home);
        Path data = home.resolve("data");
        int port = RememberedPort.in(home.resolve("port"));
        int controllerPort = RememberedPort.in(home.resolve("controller-port"));
        format(data);
        var properties = properties(data, port, controllerPort);
        properties.putAll(more);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException unusable) {
            server.shutdown();
            throw unusable;
        }
        return new EmbeddedKafka(server, "127.0.0.1:" + port);
    }

    /** Where clients find it. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void givesUp(int code, @Nullable String why) {
        log.error("The embedded broker gives up with {}: {}", code, why, new IllegalStateException("It gave up here"));
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(CLUSTER)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(CONTROLLER)
                .setIgnoreFormatted(true)
                .run();
    }

    private static Properties properties(Path data, int port, int controllerPort) throws IOException {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", CONTROLLER);
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        properties.put("log.dirs", data.toString());
        properties.put("log.flush.interval.messages", "1");
        properties.put("auto.create.topics.enable", "false");
        properties.put("default.replication.factor", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("controlled.shutdown.enable", "false");
        return properties;
    }
}
