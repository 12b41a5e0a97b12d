package io.nodeledger.base.catalogue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the plan catalogue is, {@code nodeledger.catalogue.*}.
 *
 * @param file path of the operator's file; empty for the one that comes with the product
 * @param reloadEvery how often the operator's file is looked at
 */
@ConfigurationProperties("nodeledger.catalogue")
public record CatalogueSettings(
        @DefaultValue("") String file, @DefaultValue("10s") Duration reloadEvery) {

    public CatalogueSettings {
        if (reloadEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "nodeledger.catalogue.reload-every must be at least 1ms, for example 10s, but is " + reloadEvery);
        }
    }
}
