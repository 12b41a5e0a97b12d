package io.nodeledger.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** What a logger and those below it say meanwhile, as services write it when their log is to be JSON. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level formerLevel;
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** @param level from which on it speaks meanwhile; it is not heard anywhere else */
    public CapturedLog(String name, Level level) {
        logger = (Logger) LoggerFactory.getLogger(name);
        formerLevel = logger.getLevel();
        var context = logger.getLoggerContext();
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(level);
    }

    /** Every line so far, each a JSON object. */
    public List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        logger.setLevel(formerLevel);
        logger.setAdditive(true);
        logger.detachAppender(appender);
        appender.stop();
    }
}
