package io.nodeledger.command.waiting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many answers may be held, {@code nodeledger.waits.*}.
 *
 * @param atOnce requests that wait at a time; the preference of further ones is not honoured
 */
@ConfigurationProperties("nodeledger.waits")
public record WaitSettings(@DefaultValue("1000") int atOnce) {
    public WaitSettings {
        if (atOnce < 0) {
            throw new IllegalArgumentException("nodeledger.waits.at-once must be 0 or more, but is " + atOnce);
        }
    }
}
