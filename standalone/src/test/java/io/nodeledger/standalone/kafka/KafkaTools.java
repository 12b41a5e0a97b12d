package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.ConfigCommand;
import org.apache.kafka.tools.TopicCommand;

/** Runs the scripts of {@code deploy/kafka} as operators do, with Kafka's own tools in the path. */
final class KafkaTools {
    private static final Path SCRIPTS =
            Path.of(System.getProperty("nodeledger.root", "..")).resolve("deploy/kafka");
    private static final Map<String, Class<?>> TOOLS = Map.of(
            "kafka-topics.sh", TopicCommand.class,
            "kafka-configs.sh", ConfigCommand.class,
            "kafka-acls.sh", AclCommand.class);
    private final Path path;

    private KafkaTools(Path path) {
        this.path = path;
    }

    /** @param home folder that they are put into */
    static KafkaTools in(Path home) throws IOException {
        Path path = Files.createDirectories(home.resolve("kafka-tools"));
        String java = ProcessHandle.current().info().command().orElseThrow();
        for (var tool : TOOLS.entrySet()) {
            Path script = path.resolve(tool.getKey());
            // Each is a short life.
            Files.writeString(script, """
                    #!/bin/sh
                    exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$@"
                    """.formatted(
                    java, System.getProperty("java.class.path"), tool.getValue().getName()));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        return new KafkaTools(path);
    }

    /** Runs a script of the folder to its good end. */
    void run(String script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", path.toString(), (inherited, tools) -> tools + ":" + inherited);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s says: %s", script, said).isZero();
    }
}
