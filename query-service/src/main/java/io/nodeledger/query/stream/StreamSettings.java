package io.nodeledger.query.stream;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live streams, {@code nodeledger.stream.*}.
 *
 * @param heartbeat how long a stream may be silent before a comment shows that it lives
 * @param usageEvery how often the usage of a workspace is sent
 * @param longest after which a stream is ended, so that whoever reads it has to show a right to it again
 * @param ticketValidity how long a ticket can be used
 * @param perCaller streams that one caller may have open at an instance
 * @param atOnce streams that an instance keeps open at a time
 * @param buffered events that wait for a slow reader before its stream is ended
 * @param replayed events that are sent again at most; whoever has missed more is told to read everything anew
 */
@ConfigurationProperties("nodeledger.stream")
public record StreamSettings(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("15s") Duration usageEvery,
        @DefaultValue("1h") Duration longest,
        @DefaultValue("60s") Duration ticketValidity,
        @DefaultValue("10") int perCaller,
        @DefaultValue("5000") int atOnce,
        @DefaultValue("1000") int buffered,
        @DefaultValue("10000") int replayed) {

    public StreamSettings {
        var checks = new SettingChecks("nodeledger.stream");
        checks.positive("heartbeat", heartbeat, "for example 15s");
        checks.positive("usage-every", usageEvery, "for example 15s");
        checks.positive("longest", longest, "for example 1h");
        checks.positive("ticket-validity", ticketValidity, "for example 60s");
        checks.positive("per-caller", perCaller, "for example 10");
        checks.positive("at-once", atOnce, "for example 5000");
        checks.positive("buffered", buffered, "for example 1000");
        checks.positive("replayed", replayed, "for example 10000");
    }
}
