package io.nodeledger.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The log file as {@code ./nodeledger up} has it, before any Spring application has had a say. */
class LogFileEncoderTest {
    @TempDir
    private Path folder;

    @Test
    void byDefaultLinesAreForPeople() throws Exception {
        assertThat(written("")).singleElement().asString().contains("INFO").endsWith("a.Test request_id=req-1 - hello");
    }

    @Test
    void aNamedFormatIsJson() throws Exception {
        var line = JsonMapper.shared().readTree(written("ecs").getFirst());

        assertThat(line.path("message").asString()).isEqualTo("hello");
        assertThat(line.path("request_id").asString()).isEqualTo("req-1");
    }

    private List<String> written(String format) throws Exception {
        Path file = folder.resolve("nodeledger.log");
        var context = new LoggerContext();
        var about = new LogbackMDCAdapter();
        context.setMDCAdapter(about);
        context.putProperty("nodeledger.log-file", file.toString());
        context.putProperty("nodeledger.log-format", format);
        configure(context);
        about.put("request_id", "req-1");
        context.getLogger("a.Test").info("hello");
        context.stop();
        return Files.readAllLines(file);
    }

    private static void configure(LoggerContext context) throws Exception {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(LogFileEncoder.class.getResource("/logback.xml")));
    }
}
