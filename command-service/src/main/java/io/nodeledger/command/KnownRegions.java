package io.nodeledger.command;

import io.nodeledger.base.catalogue.Catalogue;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The regions of this installation, {@code nodeledger.regions[i].id}. How their clusters are reached is the business of
 * the service that drives them.
 *
 * @param regions may be empty where only the catalogue names regions
 */
@ConfigurationProperties("nodeledger")
public record KnownRegions(@DefaultValue List<Region> regions) {
    /**
     * One region.
     *
     * @param id for example {@code us-west-2}
     */
    public record Region(String id) {
        public Region {
            Objects.requireNonNull(id, "A region has no id: set nodeledger.regions[i].id for each region configured");
        }
    }

    /** Whether the region exists: configured, or, where none is, offered by the catalogue. */
    public boolean knows(String region, Catalogue catalogue) {
        return regions.isEmpty()
                ? catalogue.plans().stream().anyMatch(plan -> plan.offeredIn(region))
                : regions.stream().anyMatch(known -> known.id().equals(region));
    }
}
