package io.nodeledger.standalone.log;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Lines for people, or JSON in one of Spring Boot's formats when one is named; also before there is a Spring application. */
public final class LogFileEncoder extends EncoderBase<ILoggingEvent> {
    private String format = "";
    private String pattern = "%msg%n";
    private @Nullable Encoder<ILoggingEvent> chosen;

    /** {@code ecs}, {@code gelf} or {@code logstash}; empty for lines. */
    public void setFormat(String format) {
        this.format = format.strip();
    }

    /** What a line looks like. */
    public void setPattern(String pattern) {
        this.pattern = pattern;
    }

    @Override
    public void start() {
        Encoder<ILoggingEvent> encoder = format.isEmpty() ? lines() : json();
        encoder.setContext(getContext());
        encoder.start();
        chosen = encoder;
        super.start();
    }

    private Encoder<ILoggingEvent> lines() {
        var lines = new PatternLayoutEncoder();
        lines.setPattern(pattern);
        return lines;
    }

    private Encoder<ILoggingEvent> json() {
        String environment = Environment.class.getName();
        if (getContext().getObject(environment) == null) {
            getContext().putObject(environment, new StandardEnvironment());
        }
        var json = new StructuredLogEncoder();
        json.setFormat(format);
        return json;
    }

    @Override
    public void stop() {
        if (chosen != null) {
            chosen.stop();
        }
        super.stop();
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return chosen == null ? new byte[0] : chosen.encode(event);
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }
}
