package io.nodeledger.query.projection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How projections run.
 *
 * @param batch events folded and committed together at most
 * @param segments parts into which a new generation's processor is split; more instances can share it then
 * @param positionWait how long a read waits for the position that it asks for
 * @param generationCheck how often an instance looks for generations that it was not told of; tables that readers have
 *     left are dropped after twice that long
 */
@ConfigurationProperties("nodeledger.query")
public record QuerySettings(
        @DefaultValue("500") int batch,
        @DefaultValue("1") int segments,
        @DefaultValue("5s") Duration positionWait,
        @DefaultValue("5s") Duration generationCheck) {

    public QuerySettings {
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("nodeledger.query.batch must be between 1 and 10000, but is " + batch);
        }
        if (segments < 1 || segments > 64) {
            throw new IllegalArgumentException(
                    "nodeledger.query.segments must be between 1 and 64, but is " + segments);
        }
        if (positionWait.isNegative()) {
            throw new IllegalArgumentException("nodeledger.query.position-wait must not be negative, for example 5s");
        }
        if (generationCheck.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "nodeledger.query.generation-check must be at least 100ms, for example 5s, but is "
                            + generationCheck);
        }
    }
}
