package io.nodeledger.provisioner.kubernetes.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pods are moved away, {@code nodeledger.drain.*}.
 *
 * @param evictionRetry pause before a pod that a budget held back is asked again; kubectl's is 5 s
 * @param parallelEvictions evictions under way at a time, for each drained node
 */
@ConfigurationProperties("nodeledger.drain")
public record DrainSettings(
        @DefaultValue("5s") Duration evictionRetry,
        @DefaultValue("16") int parallelEvictions) {}
