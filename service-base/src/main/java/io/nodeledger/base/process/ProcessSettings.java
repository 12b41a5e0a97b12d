package io.nodeledger.base.process;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process begins and ends, {@code nodeledger.process.*}.
 *
 * @param drainDelay how long requests are still served after a signal: as long as others take to hear that this instance is
 *     not ready any more
 * @param portsFile where the ports are written once requests are served
 * @param supervisor the process that this one belongs to and ends with
 */
@ConfigurationProperties("nodeledger.process")
public record ProcessSettings(
        @DefaultValue("0s") Duration drainDelay,
        @Nullable Path portsFile,
        @Nullable Long supervisor) {
    public ProcessSettings {
        if (drainDelay.isNegative()) {
            throw new IllegalArgumentException("nodeledger.process.drain-delay must not be negative");
        }
    }
}
