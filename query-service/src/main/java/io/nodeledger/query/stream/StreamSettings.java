package io.nodeledger.query.stream;

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
        positive("heartbeat", heartbeat);
        positive("usage-every", usageEvery);
        positive("longest", longest);
        positive("ticket-validity", ticketValidity);
        positive("per-caller", perCaller);
        positive("at-once", atOnce);
        positive("buffered", buffered);
        positive("replayed", replayed);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("nodeledger.stream." + name + " must be positive, but is " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("nodeledger.stream." + name + " must be at least 1, but is " + value);
        }
    }
}
