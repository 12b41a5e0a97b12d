package io.nodeledger.base.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Admits only those of Axon's auto-configurations that carry no infrastructure.
 *
 * <p>The others are ordered after class names of Spring Boot 3. On Boot 4 they would not fail but silently fall back to
 * no transactions, no store and in-memory tokens, so this module declares all of that itself.
 */
public final class AxonWiring implements AutoConfigurationImportFilter {

    private static final String AXON = "org.axonframework.springboot.autoconfig.";
    private static final Set<String> ADMITTED = Set.of(
            AXON + "AxonAutoConfiguration",
            AXON + "InfraConfiguration",
            AXON + "InterceptorAutoConfiguration",
            AXON + "EventProcessingAutoConfiguration");

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        var matches = new boolean[candidates.length];
        for (var i = 0; i < candidates.length; i++) {
            var candidate = candidates[i];
            matches[i] = candidate == null || !candidate.startsWith(AXON) || ADMITTED.contains(candidate);
        }
        return matches;
    }
}
